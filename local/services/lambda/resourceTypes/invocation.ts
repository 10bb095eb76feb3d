import { createHash } from "node:crypto";
import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** One synchronous call of a function while the stack is made; a failed call fails the resource. */
export const invocation: LegacyResourceType<Cloud> = {
  type: "aws:lambda/invocation:Invocation",
  inputs: [
    "functionName",
    "input",
    "lifecycleScope",
    "qualifier",
    "region",
    "tenantId",
    "terraformKey",
    "triggers",
  ],
  replaceOn: ["functionName", "input", "qualifier", "triggers", "region"],
  assigned: ["result"],
  // What the call did is done; calling again at each restart would do it twice.
  durable: true,
  check(inputs) {
    const input = read.text(inputs, "input");
    if (input === undefined) return;
    try {
      JSON.parse(input);
    } catch {
      throw new Error("`input` must be JSON");
    }
  },
  outputs(inputs, _resource, place) {
    const qualifier = read.text(inputs, "qualifier") ?? "$LATEST";
    const hash = createHash("md5")
      .update(read.text(inputs, "input") ?? "")
      .digest("hex");
    return {
      lifecycleScope: "CREATE_ONLY",
      terraformKey: "tf",
      qualifier,
      ...inputs,
      id: `${read.text(inputs, "functionName")}_${qualifier}_${hash}`,
      region: read.text(inputs, "region") ?? place.region,
      // Known after the call alone; a program must not branch on it.
      result: "",
    };
  },
  async create({ inputs, outputs }, cloud) {
    if (outputs.lifecycleScope !== "CREATE_ONLY") {
      throw new Error('the local cloud invokes at creation: `lifecycleScope: "CREATE_ONLY"`, the default');
    }
    const functionName = read.required(inputs, "functionName");
    const payload = Buffer.from(read.required(inputs, "input"));
    const result = await cloud.lambda.invoke(functionName, read.text(inputs, "qualifier"), payload);
    const text = result.payload.toString("utf8");
    if (result.functionError) throw new Error(`the function ${functionName} failed: ${errorMessage(text)}`);
    return { result: text };
  },
};

function errorMessage(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload);
    return `${errorType}: ${errorMessage}`;
  } catch {
    return payload;
  }
}
