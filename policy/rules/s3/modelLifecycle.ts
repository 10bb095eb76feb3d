import { lifecycleRules } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";

const MODEL = /\.(onnx|ort|data|ubj|tar\.gz|tgz|pkl|joblib|safetensors|pt|pth|h5|keras)$/;

export const s3ModelLifecycle = stackRule({
  name: "s3-model-lifecycle",
  title: "No lifecycle deletes the models that the stack puts into a bucket",
  why: "Pulumi does not notice that an object expired: the functions answer 404 from that day on.",
  cure: "Limit the rule's `expiration` to a prefix without models; `noncurrentVersionExpiration` keeps the current ones.",
  severity: "high",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html",
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const expiring = lifecycleRules(bucket, stack).filter(
      ({ expiration }) => (expiration?.days ?? expiration?.date) !== undefined,
    );
    if (expiring.length === 0) return undefined;
    const keys = stack
      .referring(bucket, "aws:s3/bucketObjectv2:BucketObjectv2", "bucket")
      .map(({ props }) => props.key ?? "")
      .filter((key) => MODEL.test(key));
    return keys.flatMap((key) => {
      const rule = expiring.find(({ filter, prefix }) =>
        key.startsWith(filter?.prefix ?? filter?.and?.prefix ?? prefix ?? ""),
      );
      if (rule === undefined) return [];
      const { days, date } = rule.expiration ?? {};
      return [{ found: `${key} deleted ${days ? `after ${days} days` : `on ${date}`}`, allowed: "kept" }];
    });
  },
});
