import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, nested, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { efsArn, efsId } from "../efsId";
import type { VolumeService } from "../volumeService";

const OWN_FILES =
  "every file belongs to the user who runs the local cloud; only root could give it to another";

/** A folder of a file system as a client may mount it, with the user it then is. */
export const accessPoint = defineType<typeof aws.efs.AccessPoint, VolumeService>(
  "aws:efs/accessPoint:AccessPoint",
  {
    properties: {
      fileSystemId: required,
      posixUser: inert(OWN_FILES),
      region: served,
      rootDirectory: nested({
        creationInfo: nested({
          ownerGid: inert(OWN_FILES),
          ownerUid: inert(OWN_FILES),
          permissions: required,
        }),
        path: served,
      }),
      tags: inertTags,
    },
    replaceOn: ["fileSystemId", "posixUser", "rootDirectory"],
    check({ rootDirectory }) {
      const root = known(rootDirectory);
      const path = known(root?.path);
      if (path !== undefined && !/^(\/|(\/(?!\.+(\/|$))[^$#<>;`|&?{}^*/\n]+){1,4})$/.test(path)) {
        throw new Error(`\`rootDirectory.path\` "${path}" must be / or a path of up to four folders`);
      }
      const permissions = known(known(root?.creationInfo)?.permissions);
      if (permissions !== undefined && !/^[0-7]{3,4}$/.test(permissions)) {
        throw new Error(
          `\`rootDirectory.creationInfo.permissions\` "${permissions}" must be three or four octal digits`,
        );
      }
    },
    outputs(inputs, { urn }, place) {
      const id = efsId("fsap", urn);
      return {
        id,
        arn: efsArn("access-point", id, inputs, place),
        fileSystemArn: efsArn("file-system", known(inputs.fileSystemId), inputs, place),
        ownerId: place.accountId,
        rootDirectory: inputs.rootDirectory ?? { path: "/" },
        tagsAll: inputs.tags ?? {},
      };
    },
    async create({ outputs: { arn, fileSystemId, rootDirectory } }, volume) {
      const { path = "/", creationInfo } = rootDirectory;
      // The root itself is always there, with the mode that EFS gives it.
      const permissions = path === "/" ? "0755" : creationInfo?.permissions;
      volume.putAccessPoint({ arn, fileSystemId, path, permissions });
      return undefined;
    },
    async delete({ outputs }, volume) {
      volume.deleteAccessPoint(outputs.arn);
    },
  },
);
