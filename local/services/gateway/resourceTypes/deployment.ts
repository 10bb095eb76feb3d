import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { resourceId } from "../resourceId";

/** A snapshot of a REST API; what changes later is not served until the next one. */
export const deployment: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/deployment:Deployment",
  inputs: ["description", "region", "restApi", "triggers", "variables"],
  replaceOn: ["restApi", "triggers", "variables", "region"],
  outputs(inputs, { urn }, place) {
    return {
      ...inputs,
      id: resourceId(urn, JSON.stringify(inputs.triggers ?? {})),
      region: read.text(inputs, "region") ?? place.region,
      createdDate: "1970-01-01T00:00:00Z",
    };
  },
  async create({ inputs, outputs }, cloud) {
    cloud.gateway.restApi(read.required(inputs, "restApi")).createDeployment(read.required(outputs, "id"));
    return undefined;
  },
  /** Only its description can change in place; the snapshot stays. */
  async update() {
    return undefined;
  },
  async delete({ inputs, outputs }, cloud) {
    const api = cloud.gateway.findRestApi(read.required(inputs, "restApi"));
    api?.deleteDeployment(read.required(outputs, "id"));
  },
};
