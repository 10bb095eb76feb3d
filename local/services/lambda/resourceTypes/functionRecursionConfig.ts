import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import type { LambdaService } from "../lambdaService";
import { functionNameOf } from "../parseFunctionName";

/** Whether Lambda ends a function that invokes itself in a loop. */
export const functionRecursionConfig = defineType<typeof aws.lambda.FunctionRecursionConfig, LambdaService>(
  "aws:lambda/functionRecursionConfig:FunctionRecursionConfig",
  {
    properties: {
      functionName: required,
      recursiveLoop: inert("the local cloud looks for no loops: Ctrl-C ends one"),
      region: served,
    },
    replaceOn: ["functionName"],
    deletedWith: { type: "aws:lambda/function:Function", property: "functionName" },
    check({ recursiveLoop }) {
      const value = known(recursiveLoop);
      if (value !== undefined && value !== "Allow" && value !== "Terminate") {
        throw new Error(`\`recursiveLoop\` is "${value}"; it must be Allow or Terminate`);
      }
    },
    outputs(inputs) {
      return { id: functionNameOf(inputs.functionName) };
    },
    async create() {
      return undefined;
    },
    async delete() {},
  },
);
