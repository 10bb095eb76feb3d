import { architectureOf } from "../../lib/fixedCosts";
import { ProgramFolderUnknown } from "../../lib/packages/resolveFrom";
import { measuredDuration, predictionCost } from "../../lib/predictionCost";
import { PRICES } from "../../lib/prices";
import { resourceRule } from "../../lib/rule";

export const costPrediction = resourceRule({
  name: "cost-prediction",
  title: "A million predictions cost no more than the configuration says",
  why: "Memory times duration is the bill: more memory than the model needs, or a slower model, shows in no test.",
  cure: "Give the endpoint less memory (`memorySize`), make the model faster and measure it again (`npx tsx bench/durations.ts`), raise `maxDollars`, or make an exception by name.",
  severity: "medium",
  tier: "strict",
  url: "https://aws.amazon.com/lambda/pricing/",
  types: ["aws:lambda/function:Function"],
  limits: { maxDollars: 100 },
  check({ name, props: { memorySize = 128, architectures } }, { limits: { maxDollars }, root }) {
    if (root === undefined) throw new ProgramFolderUnknown("duration.json");
    const duration = measuredDuration(root, name);
    if (duration === undefined) return undefined;
    const { functionUrl, billed } = predictionCost(
      { memorySize, architecture: architectureOf(architectures) },
      duration,
    );
    if (functionUrl <= maxDollars) return undefined;
    return {
      found: `${functionUrl.toFixed(2)} USD for a million predictions (${billed} ms at ${memorySize} MB, prices of ${PRICES.asOf})`,
      allowed: `at most ${maxDollars} USD`,
    };
  },
});
