import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { defineType } from "../../../resources/resourceType";
import { refused, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import type { LambdaService } from "../lambdaService";
import { parseFunctionName } from "../parseFunctionName";
import { policyStatement } from "../policyStatement";

/** A statement of a function's resource-based policy. AWS never changes one: it adds and removes whole ones. */
export const permission = defineType<typeof aws.lambda.Permission, LambdaService>(
  "aws:lambda/permission:Permission",
  {
    properties: {
      action: required,
      eventSourceToken: refused("it is for Alexa skills"),
      function: required,
      functionUrlAuthType: served,
      invokedViaFunctionUrl: served,
      principal: required,
      principalOrgId: refused("there are no organizations here"),
      qualifier: served,
      region: served,
      sourceAccount: served,
      sourceArn: served,
      statementId: served,
      statementIdPrefix: served,
    },
    replaceOn: [
      "action",
      "eventSourceToken",
      "function",
      "functionUrlAuthType",
      "invokedViaFunctionUrl",
      "principal",
      "principalOrgId",
      "qualifier",
      "sourceAccount",
      "sourceArn",
      "statementId",
      "statementIdPrefix",
    ],
    autoName: { property: "statementId", maxLength: 100, within: "function" },
    deletedWith: { type: "aws:lambda/function:Function", property: "function" },
    check({ action, functionUrlAuthType, invokedViaFunctionUrl }) {
      const name = known(action);
      if (name === undefined) return;
      if (functionUrlAuthType !== undefined && name !== "lambda:InvokeFunctionUrl") {
        throw new Error("`functionUrlAuthType` is a condition of the action lambda:InvokeFunctionUrl only");
      }
      if (invokedViaFunctionUrl !== undefined && name !== "lambda:InvokeFunction") {
        throw new Error("`invokedViaFunctionUrl` is a condition of the action lambda:InvokeFunction only");
      }
    },
    outputs(inputs, resource) {
      const statementId = nameOf(inputs.statementId, inputs.statementIdPrefix, resource);
      return {
        id: statementId,
        statementId,
        statementIdPrefix: inputs.statementIdPrefix ?? "",
      };
    },
    async create({ inputs, outputs }, lambda) {
      const { functionName, statement } = policyStatement({ ...inputs, ...outputs });
      lambda.addPermission(functionName, statement);
      return undefined;
    },
    async delete({ inputs, outputs }, lambda) {
      const { functionName } = parseFunctionName(inputs.function);
      lambda.removePermission(functionName, outputs.statementId);
    },
  },
);
