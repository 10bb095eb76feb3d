import type { OnnxFacts } from "./onnxFacts";

/** ONNX Runtime's messages about models that it cannot load, and their cures. */
const REASONS: readonly (readonly [
  says: RegExp,
  reason: (found: readonly string[], facts: OnnxFacts) => string,
])[] = [
  [
    /Current official support for domain (ai\.onnx\.ml) is till opset (\d+)/,
    ([, domain = "", newest], { opsets }) =>
      `It is newer than ONNX Runtime reads (operator set ${opsets.get(domain)} of ${domain}; up to ${newest}): export it with \`target_opset={"": 21, "${domain}": ${newest}}\``,
  ],
  [
    /Unsupported model IR version: \d+, max supported IR version: (\d+)|Current official support for domain \S+ is till opset (\d+)/,
    ([, ir, opset], facts) =>
      `It is newer than ONNX Runtime reads (IR version ${facts.irVersion}, operator set ${facts.opset}; ${ir === undefined ? `operator sets up to ${opset}` : `IR versions up to ${ir}`}): export it with \`opset_version=21\`, or convert it by \`onnx.version_converter.convert_version(model, 21)\` and \`model.ir_version = 10\``,
  ],
  [
    /Failed to construct locale with name:(\S+?):/,
    ([, locale]) =>
      `Its StringNormalizer asks for the locale ${locale}, which Lambda does not have: push it with \`npm run model -- push\`, which replaces the locale, or train the vectorizer and convert it with \`locale="C"\``,
  ],
  [
    /Unsupported data type: 16/,
    () => "It takes or gives BFLOAT16, which clients cannot send: cast its inputs and outputs to float32",
  ],
  [
    /Unsupported data type: |MLDataType for: tensor\(/,
    () =>
      "It takes or gives a data type that the Open Inference Protocol does not have: cast its inputs and outputs to float32",
  ],
  [
    /Could not find an implementation for (\w+)\(\d+\)/,
    ([, op]) =>
      `ONNX Runtime has no ${op} for the data type that the model gives it: export the model in float32 (scikit-learn: \`FloatTensorType\`)`,
  ],
  [
    /Fatal error: ([\w.]+):(\w+)\(/,
    ([, domain, op]) =>
      `It has the custom operator ${domain}:${op}, which ONNX Runtime does not have: export it with ONNX's own operators`,
  ],
  [
    /No Op registered for (\w+) with domain_version of (\d+)/,
    ([, op, version]) =>
      `Its operator ${op} is none of ONNX's operator set ${version}: export it again with a higher \`opset_version\``,
  ],
  [
    /External data path|external data|External initializer/i,
    (_found, { externalFiles }) =>
      externalFiles.length === 0
        ? "Its weights are damaged or too short: save it again"
        : `Its weights in ${externalFiles.join(", ")} are missing, damaged or too short: upload them again beside the model`,
  ],
  [
    /protobuf parsing failed|Model data pointer is null|No graph was found/i,
    () => "It is no ONNX model, or not a whole one: save it again, and check that it loads in Python",
  ],
  [
    /Type Error: Type (?:parameter|\()/,
    () =>
      "Two of its operators do not agree on a data type: check it with `onnx.checker.check_model(model, full_check=True)`",
  ],
  [
    /ShapeInferenceError|invalid model|Invalid model|not acyclic|Duplicate definition/,
    () => "Its graph is not valid: check it with `onnx.checker.check_model(model, full_check=True)`",
  ],
];

/**
 * Explains why ONNX Runtime cannot load a model, with the cure, in one sentence. The original message contains paths of
 * its source and belongs in the log.
 */
export function explainLoadError(message: string, facts: OnnxFacts): string {
  for (const [says, reason] of REASONS) {
    const found = says.exec(message);
    if (found !== null) return reason(found, facts);
  }
  return "ONNX Runtime does not load it: check it with `onnx.checker.check_model(model, full_check=True)` and onnxruntime in Python";
}
