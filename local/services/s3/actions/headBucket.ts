import type { Action } from "../action";

export const headBucket: Action = async (call) => {
  await call.require("s3:ListBucket");
  return { headers: { "x-amz-bucket-region": call.options.region, "x-amz-access-point-alias": "false" } };
};
