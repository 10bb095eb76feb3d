/** A model of trees or a linear one in a format other than ONNX. */
export type TreeFormat = "json" | "ubj" | "txt";

/** A model file's kind by its first bytes: a readable one, or one with a known cure. */
export type ModelFormat = "onnx" | TreeFormat | { readonly refused: string };

const SAVE_MODEL = 'write it with `Booster.save_model("model.ubj")`, which every version can read';

const startsWith = (prefix: string) => (head: string) => head.startsWith(prefix);

/** Formats that hold no model that can be read here. */
const REFUSED: readonly (readonly [isIt: (head: string) => boolean, refusal: string])[] = [
  [
    (head) => head.startsWith("\x80") && head.charCodeAt(1) >= 2 && head.charCodeAt(1) <= 5,
    `It is a Python pickle, which runs code when it is opened: ${SAVE_MODEL} (LightGBM: "model.txt"), or convert it to ONNX`,
  ],
  [
    isOldBinary,
    `It is XGBoost's old binary format: load it with the version that wrote it, and ${SAVE_MODEL}`,
  ],
  [startsWith("\x1f\x8b"), "It is a gzip file: name it model.tar.gz where it is an archive, else unpack it"],
  [
    startsWith("PK\x03\x04"),
    "It is a zip file, as PyTorch, Keras and Spark write: convert the model to ONNX",
  ],
  [startsWith("\x89HDF"), "It is an HDF5 file, as Keras writes: convert the model to ONNX"],
  [(head) => /^\s*</.test(head), "It is XML, as PMML is: convert the model to ONNX"],
];

/** Up to XGBoost 1.2 without `binf`: parameters of 136 bytes, then the objective's name after its length. */
function isOldBinary(head: string): boolean {
  return head.startsWith("binf") || /^(binary|multi|reg|rank|count|survival):/.test(head.slice(144));
}

/** Number of first bytes that {@link modelFormat} needs. */
export const HEAD_BYTES = 200;

/** Recognises a model file. ONNX has no signature, so an unknown file is taken for ONNX. */
export function modelFormat(bytes: Uint8Array): ModelFormat {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1");
  if (/^\{[iUIlL]/.test(head)) return "ubj";
  if (/^\s*\{\s*["}]/.test(head)) return "json";
  if (/^tree\r?\nversion=/.test(head)) return "txt";
  const refused = REFUSED.find(([isIt]) => isIt(head))?.[1];
  return refused === undefined ? "onnx" : { refused };
}
