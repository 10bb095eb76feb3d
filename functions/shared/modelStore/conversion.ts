/** Makes ONNX of models in other formats: a file of its own in archives, since few models need it. */
export { linearLearnerToOnnx } from "../linearLearner/linearLearnerToOnnx";
export { readModelZip } from "../linearLearner/readModelZip";
export { encodeOnnxModel } from "../onnxProto";
export { treesToOnnx } from "../trees/treesToOnnx";
