import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { resourceId } from "../resourceId";

/** One segment of a REST API's paths. */
export const resource: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/resource:Resource",
  inputs: ["parentId", "pathPart", "region", "restApi"],
  replaceOn: ["restApi", "region"],
  check(inputs) {
    const part = read.text(inputs, "pathPart");
    if (part !== undefined && !/^(\{[\w.:-]+\+?\}|[\w.:$-]+)$/.test(part)) {
      throw new Error(
        `\`pathPart\` "${part}" must be one segment: letters, digits and any of _.:-$, or {name} or {name+}`,
      );
    }
  },
  outputs(inputs, { urn }, place) {
    return {
      ...inputs,
      id: resourceId(urn),
      region: read.text(inputs, "region") ?? place.region,
      path: `/${read.text(inputs, "pathPart")}`,
    };
  },
  async create({ inputs, outputs }, cloud) {
    cloud.gateway.restApi(read.required(inputs, "restApi")).putResource({
      id: read.required(outputs, "id"),
      parentId: read.required(inputs, "parentId"),
      pathPart: read.required(inputs, "pathPart"),
    });
    return undefined;
  },
  async delete({ inputs, outputs }, cloud) {
    const api = cloud.gateway.findRestApi(read.required(inputs, "restApi"));
    api?.deleteResource(read.required(outputs, "id"));
  },
};
