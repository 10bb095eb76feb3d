import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { required, served } from "../../../resources/treatment";
import { UNKNOWN } from "../../../resources/value";
import { documentText } from "../../iam/documentText";
import type { GatewayService } from "../gatewayService";
import { parseApiPolicy } from "../rest/apiPolicy";

/** Who may call a REST API; in force with the deployment that follows. */
export const restApiPolicy = defineType<typeof aws.apigateway.RestApiPolicy, GatewayService>(
  "aws:apigateway/restApiPolicy:RestApiPolicy",
  {
    properties: { policy: required, region: served, restApiId: required },
    replaceOn: ["restApiId"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApiId" },
    check: ({ policy }) => checkApiPolicy(policy),
    outputs: (inputs) => ({ id: String(inputs.restApiId), policy: documentText(inputs.policy) }),
    async create({ outputs: { id, policy } }, gateway) {
      gateway.restApi(id).policy = parseApiPolicy(policy, gateway.executionArn(id));
      return undefined;
    },
    async delete({ outputs: { id } }, gateway) {
      const api = gateway.findRestApi(id);
      if (api !== undefined) api.policy = undefined;
    },
  },
);

/** @throws Error  API Gateway would reject the policy, or the local cloud cannot evaluate it. */
export function checkApiPolicy(policy: unknown): void {
  const text = documentText(policy);
  if (text !== UNKNOWN) parseApiPolicy(text, "arn:aws:execute-api:::");
}
