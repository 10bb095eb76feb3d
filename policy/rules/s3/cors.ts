import { resourceRule } from "../../lib/rule";

const WRITES = ["PUT", "POST", "DELETE"];

export const s3Cors = resourceRule({
  name: "s3-cors",
  title: "A bucket takes writes from web pages of origins by name",
  why: "With `*` any web page may use an address that it gets hold of to write.",
  cure: "List the origins in `allowedOrigins`.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html",
  types: ["aws:s3/bucket:Bucket", "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"],
  check({ props: { corsRules = [] } }) {
    return corsRules
      .filter(({ allowedOrigins }) => allowedOrigins.includes("*"))
      .flatMap(({ allowedMethods }) => allowedMethods.filter((method) => WRITES.includes(method)))
      .map((method) => ({ found: `${method} from every origin`, allowed: "origins by name" }));
  },
});
