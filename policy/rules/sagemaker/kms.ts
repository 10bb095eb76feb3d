import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

/**
 * Families with disks in the machine, which encrypts them itself: SageMaker rejects a key for these.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html#sagemaker-CreateEndpointConfig-request-KmsKeyId
 */
const HAS_OWN_DISKS = /^ml\.([a-z]+\d+[a-z]*d[a-z]*|g4dn|gr?[5-9][a-z]*|p[4-9][a-z-]*\d*|trn\d\w*|i\d\w*)\./;

export const sagemakerKms = resourceRule({
  name: "sagemaker-kms",
  title: "A SageMaker endpoint's disks are encrypted with a key",
  why: "Without one, models and what is captured of requests lie there under a key that nobody can take away.",
  cure: "Set `kmsKeyArn` on the endpoint configuration; serverless variants have no disks, and instances with disks of their own (g5, p4d, m5d) take no key.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html",
  controls: ["CKV_AWS_98"],
  types: ["aws:sagemaker/endpointConfiguration:EndpointConfiguration"],
  check({ props }) {
    if (isSet(props, "kmsKeyArn")) return undefined;
    const onInstances = props.productionVariants.filter((variant) => !isSet(variant, "serverlessConfig"));
    // SageMaker rejects a key for a configuration with one such variant.
    if (
      onInstances.length === 0 ||
      onInstances.some(({ instanceType = "" }) => HAS_OWN_DISKS.test(instanceType))
    ) {
      return undefined;
    }
    return { found: "no key", allowed: "a KMS key" };
  },
});
