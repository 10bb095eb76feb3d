import type { Action } from "../action";
import { deleteOne } from "../deleteOne";
import { checkWritePreconditions } from "../wire/checkPreconditions";

export const deleteObject: Action = async (call) => {
  const { bucket, key, request } = call;
  const check = checkWritePreconditions(request);
  const { versionId, deleteMarker } = await deleteOne(
    call,
    { key, versionId: request.query("versionId") },
    check,
  );
  return {
    status: 204,
    headers: {
      "x-amz-delete-marker": deleteMarker ? "true" : undefined,
      "x-amz-version-id": bucket.configuration.versioning === undefined ? undefined : versionId,
    },
  };
};
