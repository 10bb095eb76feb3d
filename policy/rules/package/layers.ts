import { resourceRule } from "../../lib/rule";

export const packageLayers = resourceRule({
  name: "package-layers",
  title: "A function has at most 5 layers",
  why: "Lambda refuses a sixth.",
  cure: "Merge layers, or put their files into the function's own package.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  types: ["aws:lambda/function:Function"],
  limits: { maxLayers: 5 },
  check({ props: { layers = [] } }, { limits: { maxLayers } }) {
    if (layers.length <= maxLayers) return undefined;
    return { found: `${layers.length} layers`, allowed: `at most ${maxLayers}` };
  },
});
