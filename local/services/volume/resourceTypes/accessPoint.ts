import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { efsId } from "../efsId";

/** A folder of a file system as a client may mount it, with the user it then is. */
export const accessPoint: LegacyResourceType<Cloud> = {
  type: "aws:efs/accessPoint:AccessPoint",
  inputs: ["fileSystemId", "posixUser", "region", "rootDirectory", "tags"],
  replaceOn: ["fileSystemId", "posixUser", "region", "rootDirectory"],
  check(inputs) {
    const root = read.object(inputs, "rootDirectory");
    const path = read.text(root, "path");
    if (path !== undefined && !/^(\/|(\/(?!\.+(\/|$))[^$#<>;`|&?{}^*/\n]+){1,4})$/.test(path)) {
      throw new Error(`\`rootDirectory.path\` "${path}" must be / or a path of up to four folders`);
    }
    const permissions = read.text(read.object(root, "creationInfo"), "permissions");
    if (permissions !== undefined && !/^[0-7]{3,4}$/.test(permissions)) {
      throw new Error(
        `\`rootDirectory.creationInfo.permissions\` "${permissions}" must be three or four octal digits`,
      );
    }
  },
  outputs(inputs, { urn }, place) {
    const id = efsId("fsap", urn);
    const region = read.text(inputs, "region") ?? place.region;
    const arn = `arn:aws:elasticfilesystem:${region}:${place.accountId}`;
    return {
      rootDirectory: { path: "/" },
      ...inputs,
      id,
      region,
      arn: `${arn}:access-point/${id}`,
      fileSystemArn: `${arn}:file-system/${read.text(inputs, "fileSystemId")}`,
      ownerId: place.accountId,
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ outputs }, { volume }) {
    const root = read.object(outputs, "rootDirectory");
    const path = read.text(root, "path") ?? "/";
    volume.putAccessPoint({
      arn: read.required(outputs, "arn"),
      fileSystemId: read.required(outputs, "fileSystemId"),
      path,
      permissions:
        // The root itself is always there, with the mode that EFS gives it.
        path === "/" ? "0755" : read.text(read.object(root, "creationInfo"), "permissions"),
    });
    return undefined;
  },
  async delete({ outputs }, { volume }) {
    volume.deleteAccessPoint(read.required(outputs, "arn"));
  },
};
