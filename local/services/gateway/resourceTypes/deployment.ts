import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, required, served } from "../../../resources/treatment";
import type { GatewayService } from "../gatewayService";
import { resourceId } from "../resourceId";

/** A snapshot of a REST API; what changes later is not served until the next one. */
export const deployment = defineType<typeof aws.apigateway.Deployment, GatewayService>(
  "aws:apigateway/deployment:Deployment",
  {
    properties: {
      description: inert("a text for people"),
      region: served,
      restApi: required,
      triggers: served,
      variables: inert("they are for a stage that a deployment makes itself, which Pulumi's never does"),
    },
    replaceOn: ["restApi", "triggers", "variables"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
    outputs(inputs, { urn }) {
      return {
        id: resourceId(urn, JSON.stringify(inputs.triggers ?? {})),
        createdDate: "1970-01-01T00:00:00Z",
      };
    },
    async create({ inputs, outputs }, gateway) {
      gateway.restApi(inputs.restApi).createDeployment(outputs.id);
      return undefined;
    },
    /** Only its description can change in place; the snapshot stays. */
    async update() {
      return undefined;
    },
    async delete({ inputs, outputs }, gateway) {
      gateway.findRestApi(inputs.restApi)?.deleteDeployment(outputs.id);
    },
  },
);
