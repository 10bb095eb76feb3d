import { resourceRule } from "../../lib/rule";

export const lambdaMemory = resourceRule({
  name: "lambda-memory",
  title: "A function's memory is set, and no more than every account has",
  why: "The default of 128 MB holds no inference runtime; new accounts refuse more than 3,008 MB when the deployment is half done.",
  cure: "Set `memorySize`; raise this rule's limit where the account's quota is higher.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html",
  controls: ["Serverless-LambdaDefaultMemorySize"],
  types: ["aws:lambda/function:Function"],
  limits: { minMegabytes: 128, maxMegabytes: 3008 },
  check({ props: { memorySize, capacityProviderConfig } }, { limits: { minMegabytes, maxMegabytes } }) {
    // Managed Instances have limits of their own.
    if (capacityProviderConfig !== undefined) return undefined;
    if (memorySize !== undefined && memorySize >= minMegabytes && memorySize <= maxMegabytes)
      return undefined;
    const found = memorySize === undefined ? "no memory size of its own (then 128 MB)" : `${memorySize} MB`;
    return { found, allowed: `${minMegabytes} to ${maxMegabytes} MB` };
  },
});
