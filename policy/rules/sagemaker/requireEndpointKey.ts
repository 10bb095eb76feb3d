import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const requireEndpointKey = resourceRule({
  name: "sagemaker-kms",
  title: "A SageMaker endpoint's disks are encrypted with a key",
  why: "Without one, models and what is captured of requests lie there under a key that nobody can take away.",
  cure: "Set `kmsKeyArn` on the endpoint configuration; serverless variants have no disks.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html",
  controls: ["CKV_AWS_98"],
  types: ["aws:sagemaker/endpointConfiguration:EndpointConfiguration"],
  check({ props }) {
    if (isSet(props, "kmsKeyArn")) return undefined;
    const onInstances = props.productionVariants.filter((variant) => !isSet(variant, "serverlessConfig"));
    return onInstances.length === 0 ? undefined : { found: "no key", allowed: "a KMS key" };
  },
});
