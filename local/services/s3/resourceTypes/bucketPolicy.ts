import { parsePolicy } from "../../iam/parsePolicy";
import { bucketSetting } from "./bucketSetting";

export const bucketPolicy = bucketSetting({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: ["policy"],
  check({ policy }) {
    if (typeof policy === "string") parsePolicy(policy);
  },
  settings: ({ policy }) => ({ policy: typeof policy === "string" ? policy : JSON.stringify(policy) }),
  unset: { policy: undefined },
});
