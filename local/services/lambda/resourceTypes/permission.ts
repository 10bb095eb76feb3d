import { read } from "../../../resources/read";
import type { ResourceType } from "../../../resources/resourceType";
import { parseFunctionName } from "../parseFunctionName";
import { policyStatement } from "../policyStatement";

/** A statement is never changed: AWS adds and removes whole ones. */
const PROPERTIES = [
  "action",
  "eventSourceToken",
  "function",
  "functionUrlAuthType",
  "invokedViaFunctionUrl",
  "principal",
  "principalOrgId",
  "qualifier",
  "region",
  "sourceAccount",
  "sourceArn",
  "statementId",
  "statementIdPrefix",
];

/** A statement of a function's resource-based policy. */
export const permission: ResourceType = {
  type: "aws:lambda/permission:Permission",
  inputs: PROPERTIES,
  replaceOn: PROPERTIES,
  autoName: { property: "statementId", maxLength: 100, within: "function" },
  check(inputs) {
    const action = read.text(inputs, "action");
    if (
      inputs.functionUrlAuthType !== undefined &&
      action !== undefined &&
      action !== "lambda:InvokeFunctionUrl"
    ) {
      throw new Error("`functionUrlAuthType` is a condition of the action lambda:InvokeFunctionUrl alone");
    }
    if (
      inputs.invokedViaFunctionUrl !== undefined &&
      action !== undefined &&
      action !== "lambda:InvokeFunction"
    ) {
      throw new Error("`invokedViaFunctionUrl` is a condition of the action lambda:InvokeFunction alone");
    }
  },
  outputs(inputs, resource, place) {
    const statementId = read.text(inputs, "statementId") ?? resource.name;
    return { ...inputs, id: statementId, statementId, region: read.text(inputs, "region") ?? place.region };
  },
  async create({ outputs }, cloud) {
    const { functionName, statement } = policyStatement(outputs);
    cloud.lambda.addPermission(functionName, statement);
    return undefined;
  },
  async delete({ inputs, outputs }, cloud) {
    const { functionName } = parseFunctionName(read.required(inputs, "function"));
    cloud.lambda.removePermission(functionName, read.required(outputs, "statementId"));
  },
};
