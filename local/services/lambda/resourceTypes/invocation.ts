import { hash } from "node:crypto";
import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, refused, required, served } from "../../../resources/treatment";
import { known, preview, UNKNOWN } from "../../../resources/value";
import type { LambdaService } from "../lambdaService";

/** One synchronous call of a function while the stack is made; a failed call fails the resource. */
export const invocation = defineType<typeof aws.lambda.Invocation, LambdaService>(
  "aws:lambda/invocation:Invocation",
  {
    properties: {
      functionName: required,
      input: required,
      lifecycleScope: served,
      qualifier: served,
      region: served,
      tenantId: refused("functions have no tenants here"),
      terraformKey: inert("it names what `CRUD` adds to the input"),
      triggers: served,
    },
    replaceOn: ["functionName", "input", "qualifier", "triggers"],
    assigned: ["result"],
    // What the call did is done; calling again at each restart would do it twice.
    durable: true,
    check({ input, lifecycleScope }) {
      if ((known(lifecycleScope) ?? "CREATE_ONLY") !== "CREATE_ONLY") {
        throw new Error(
          "`lifecycleScope` must be CREATE_ONLY, the default: the local cloud invokes a function only when the resource is created",
        );
      }
      const json = known(input);
      if (json !== undefined && parse(json) === undefined) throw new Error("`input` must be JSON");
    },
    outputs(inputs) {
      const qualifier = inputs.qualifier ?? "$LATEST";
      const digest = inputs.input === UNKNOWN ? UNKNOWN : hash("md5", inputs.input);
      return {
        lifecycleScope: inputs.lifecycleScope ?? "CREATE_ONLY",
        terraformKey: inputs.terraformKey ?? "tf",
        qualifier,
        id: preview`${inputs.functionName}_${qualifier}_${digest}`,
        // Known only after the call; a program must not branch on it.
        result: "",
      };
    },
    async create({ inputs: { functionName, qualifier, input } }, lambda) {
      const result = await lambda.invoke(functionName, qualifier, Buffer.from(input));
      const text = result.payload.toString("utf8");
      if (result.functionError) {
        const { errorType, errorMessage } = (parse(text) ?? {}) as Readonly<Record<string, unknown>>;
        const words = errorType === undefined ? text : `${errorType}: ${errorMessage}`;
        throw new Error(`the function ${functionName} failed: ${words}`);
      }
      return { result: text };
    },
  },
);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
