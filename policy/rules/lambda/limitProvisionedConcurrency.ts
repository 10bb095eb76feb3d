import { resourceRule } from "../../lib/rule";

export const limitProvisionedConcurrency = resourceRule({
  name: "cost-provisioned-concurrency",
  title: "No instances are kept warm",
  why: "Provisioned concurrency is paid by the hour whether or not anyone asks: an instance of 1 GB is about 11 USD a month.",
  cure: "Remove it, or make an exception for it by name.",
  severity: "medium",
  url: "https://aws.amazon.com/lambda/pricing/",
  types: ["aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"],
  check({ props: { provisionedConcurrentExecutions } }) {
    return { found: `${provisionedConcurrentExecutions} instances kept warm`, allowed: "none" };
  },
});
