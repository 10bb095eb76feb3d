import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const sagemakerInstances = resourceRule({
  name: "sagemaker-instances",
  title: "A SageMaker endpoint has more than one instance",
  why: "SageMaker spreads instances over zones: a single one is gone with its zone, and while it is patched.",
  cure: "Set `initialInstanceCount` to 2 or more, or make the variant serverless.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html#sagemaker-4",
  controls: ["SageMaker.4"],
  types: ["aws:sagemaker/endpointConfiguration:EndpointConfiguration"],
  limits: { minInstances: 2 },
  check({ props: { productionVariants } }, { limits: { minInstances } }) {
    return productionVariants
      .filter((variant) => !isSet(variant, "serverlessConfig"))
      .filter(({ initialInstanceCount = 1 }) => initialInstanceCount < minInstances)
      .map(({ variantName = "a variant", initialInstanceCount = 1 }) => ({
        found: `${variantName} on ${initialInstanceCount} instance`,
        allowed: `at least ${minInstances}`,
      }));
  },
});
