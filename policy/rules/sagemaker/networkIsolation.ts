import { resourceRule } from "../../lib/rule";

export const sagemakerNetworkIsolation = resourceRule({
  name: "sagemaker-network-isolation",
  title: "A SageMaker model's container has no network",
  why: "A model is code somebody else may have written: without network it cannot send what it is asked.",
  cure: "Set `enableNetworkIsolation`.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html#sagemaker-5",
  controls: ["SageMaker.5", "CKV_AWS_370"],
  types: ["aws:sagemaker/model:Model"],
  check({ props: { enableNetworkIsolation } }) {
    return enableNetworkIsolation ? undefined : { found: "a container with network", allowed: "isolation" };
  },
});
