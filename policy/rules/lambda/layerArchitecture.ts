import { stackRule } from "../../lib/rule";

export const lambdaLayerArchitecture = stackRule({
  name: "lambda-layer-architecture",
  title: "A function's layers are declared for its architecture",
  why: "AWS attaches a layer of another architecture without a word, and the first request fails.",
  cure: "Make the layer and the function for one architecture (setting `paddock:architecture`).",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html",
  types: ["aws:lambda/function:Function"],
  check(fn, { stack }) {
    const architecture = fn.props.architectures?.[0] ?? "x86_64";
    return stack
      .references(fn, "aws:lambda/layerVersion:LayerVersion", "layers")
      .filter(({ props }) => !(props.compatibleArchitectures ?? [architecture]).includes(architecture))
      .map(({ name, props }) => ({
        found: `layer ${name} for ${props.compatibleArchitectures?.join(", ")}`,
        allowed: architecture,
      }));
  },
});
