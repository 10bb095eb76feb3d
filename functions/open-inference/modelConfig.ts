import type { ModelSignature, TensorSignature } from "./modelSignature";

/**
 * A model's configuration as Triton's extension has it: `ModelConfig` of `model_config.proto`, of which a model that
 * is not configured has few fields.
 * https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/protocol/extension_model_configuration.html
 */
export function modelConfig(name: string, live: string, { inputs, outputs }: ModelSignature) {
  return {
    name,
    platform: "onnxruntime_onnx",
    backend: "onnxruntime",
    version_policy: { specific: { versions: [live] } },
    // Axes of any size, the rows among them, are in `dims`: no batching of several requests.
    max_batch_size: 0,
    input: inputs.map(describeTensor),
    output: outputs.map(describeTensor),
  };
}

function describeTensor({ name, datatype, shape = [-1] }: TensorSignature) {
  const type = datatype === "BYTES" ? "STRING" : datatype;
  return { name, data_type: `TYPE_${type}`, dims: shape };
}
