/** A model of trees or a linear one in a format other than ONNX. */
export type TreeFormat = "json" | "ubj" | "txt";

/** A model file's kind by its first bytes: a readable one, or one with a known cure. */
export type ModelFormat = "onnx" | TreeFormat | { readonly rejected: string };

const SAVE_MODEL = 'write it with `Booster.save_model("model.ubj")`, which every version can read';
const FROM_SCIKIT_LEARN =
  'convert it with `skl2onnx.to_onnx(model, X[:1].astype("float32"), options={"zipmap": False})`';
const FROM_KERAS = 'export it with `keras.saving.load_model(file).export("model.onnx", format="onnx")`';
const FROM_PYTORCH = 'export it with `torch.onnx.export(model, (example,), "model.onnx")`';

const startsWith = (prefix: string) => (head: string) => head.startsWith(prefix);
const pickleOf = (words: RegExp) => (head: string) => isPickle(head) && words.test(head);
/** A zip file whose first entry has such a name; names follow a header of 30 bytes. */
const zipOf = (entry: RegExp) => (head: string) =>
  head.startsWith("PK\x03\x04") && entry.test(head.slice(30));

/** Formats that hold no model that can be read here; the first that fits says what to do. */
const REJECTED: readonly (readonly [isIt: (head: string) => boolean, rejection: string])[] = [
  [(head) => head === "", "It is empty: copy it again, or save the model again"],
  [
    startsWith("version https://git-lfs"),
    "It is a pointer of Git LFS in place of the model: get the model with `git lfs pull`",
  ],
  [
    (head) => /^\s*(<!--[\s\S]*?-->\s*)?<(!doctype html|html|head|body)/i.test(head),
    "It is an HTML page, such as a login or an error in place of a download: download the file itself",
  ],
  [(head) => /^\s*</.test(head), "It is XML, as PMML is: convert the model to ONNX"],
  [
    pickleOf(/joblib/),
    `It is a joblib file, a Python pickle, which runs code when it is opened: ${FROM_SCIKIT_LEARN}`,
  ],
  [
    pickleOf(/sklearn/),
    `It is a Python pickle of scikit-learn, which runs code when it is opened: ${FROM_SCIKIT_LEARN}`,
  ],
  [
    (head) => pickleOf(/torch/)(head) || head.startsWith("\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."),
    `It is PyTorch's: ${FROM_PYTORCH}`,
  ],
  [
    isPickle,
    `It is a Python pickle, which runs code when it is opened: ${SAVE_MODEL} (LightGBM: "model.txt"); of scikit-learn, ${FROM_SCIKIT_LEARN}`,
  ],
  [
    (head) => ["x\x01", "x\x5e", "x\x9c", "x\xda"].some((start) => head.startsWith(start)),
    `It is compressed by zlib, as joblib writes pickles: ${FROM_SCIKIT_LEARN}`,
  ],
  [
    isOldBinary,
    `It is XGBoost's old binary format: load it with the version that wrote it, and ${SAVE_MODEL}`,
  ],
  [
    startsWith("\x1f\x8b"),
    `It is a gzip file: name it model.tar.gz where it is an archive, else unpack it; a joblib file, ${FROM_SCIKIT_LEARN}`,
  ],
  [zipOf(/^(metadata|config)\.json/), `It is a .keras file: ${FROM_KERAS}`],
  [
    zipOf(/^[^/]{1,100}\/(data\.pkl|version|byteorder|\.format_version|constants\.pkl|code\/)/),
    `It is PyTorch's: ${FROM_PYTORCH}`,
  ],
  [startsWith("PK\x03\x04"), "It is a zip file: unpack it, or convert its model to ONNX"],
  [startsWith("\x89HDF"), `It is an HDF5 file (.h5), as Keras writes: ${FROM_KERAS}`],
  [
    (head) => /^.{4}TFL3/s.test(head),
    "It is a TensorFlow Lite model: convert it with `python -m tf2onnx.convert --tflite model.tflite --output model.onnx`",
  ],
  [
    startsWith("CBM1"),
    'It is CatBoost\'s own format: write it with `model.save_model("model.onnx", format="onnx")`',
  ],
  [
    (head) => /^.{6}\0\0\{["\s]/s.test(head),
    "It is a .safetensors file, which has weights without a graph: export the model with `optimum-cli export onnx`, or `torch.onnx.export`",
  ],
  [startsWith("\x93NUMPY"), "It is an array of NumPy's, not a model"],
];

/** Protocols 2 to 5 say so; older ones begin with an instruction and a module's name, or a mark. */
function isPickle(head: string): boolean {
  const isNew = head.startsWith("\x80") && head.charCodeAt(1) >= 2 && head.charCodeAt(1) <= 5;
  return isNew || /^(c[a-z_.]+\n|\((dp?|lp?)\d*\n)/.test(head);
}

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
  const rejected = REJECTED.find(([isIt]) => isIt(head))?.[1];
  return rejected === undefined ? "onnx" : { rejected };
}
