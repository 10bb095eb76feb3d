import { resourceRule } from "../../lib/rule";

export const costProvisionedConcurrency = resourceRule({
  name: "cost-provisioned-concurrency",
  title: "No more instances are kept warm than the configuration says, none by default",
  why: "Provisioned concurrency is paid by the hour whether or not anyone asks: an instance of 1 GB is about 11 USD a month.",
  cure: "Remove it, or make an exception for it by name.",
  severity: "medium",
  tier: "strict",
  url: "https://aws.amazon.com/lambda/pricing/",
  types: ["aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"],
  limits: { maxInstances: 0 },
  check({ props: { provisionedConcurrentExecutions: instances } }, { limits: { maxInstances } }) {
    return instances <= maxInstances
      ? undefined
      : {
          found: `${instances} instances kept warm`,
          allowed: maxInstances === 0 ? "none" : `at most ${maxInstances}`,
        };
  },
});
