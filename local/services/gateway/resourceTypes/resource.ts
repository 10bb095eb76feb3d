import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";
import { resourceId } from "../resourceId";

/** One segment of a REST API's paths. */
export const resource = defineType<typeof aws.apigateway.Resource, GatewayService>(
  "aws:apigateway/resource:Resource",
  {
    properties: { parentId: required, pathPart: required, region: served, restApi: required },
    replaceOn: ["restApi"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
    check(inputs) {
      const part = known(inputs.pathPart);
      if (part !== undefined && !/^(\{[\w.:-]+\+?\}|[\w.:$-]+)$/.test(part)) {
        throw new Error(
          `\`pathPart\` "${part}" must be one segment: letters, digits and any of _.:-$, or {name} or {name+}`,
        );
      }
    },
    outputs(inputs, { urn }) {
      return {
        id: resourceId(urn),
        path: preview`/${inputs.pathPart}`,
      };
    },
    async create({ inputs: { restApi, parentId, pathPart }, outputs: { id } }, gateway) {
      gateway.restApi(restApi).putResource({ id, parentId, pathPart });
      return undefined;
    },
    async delete({ inputs, outputs }, gateway) {
      gateway.findRestApi(inputs.restApi)?.deleteResource(outputs.id);
    },
  },
);
