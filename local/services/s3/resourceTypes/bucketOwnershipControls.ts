import { bucketSetting } from "./bucketSetting";

/** Nothing to do here: the local S3 has one account and no ACLs, which is what `BucketOwnerEnforced` means. */
export const bucketOwnershipControls = bucketSetting({
  type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  inputs: ["rule"],
  settings: () => ({}),
  unset: {},
});
