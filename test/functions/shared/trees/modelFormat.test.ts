import assert from "node:assert/strict";
import { modelFormat } from "../../../../functions/shared/trees/modelFormat";

const zipWith = (entry: string) => `PK\x03\x04${"\0".repeat(26)}${entry}`;

/** First bytes of files that are taken for models, as their libraries write them, and what has to be said. */
const HEADS: readonly (readonly [what: string, head: string, said: RegExp])[] = [
  ["empty", "", /^It is empty: /],
  ["Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid", /`git lfs pull`$/],
  ["login page", "\n<!DOCTYPE html>\n<html>", /^It is an HTML page, .*: download the file itself$/],
  ["page without a doctype", "<html><head>", /^It is an HTML page/],
  ["PMML", '<?xml version="1.0"?><PMML>', /^It is XML, as PMML is/],
  ["pickle of scikit-learn", "\x80\x04\x95\x00\x8c\x1asklearn.ensemble._forest\x94", /skl2onnx\.to_onnx/],
  ["joblib file", "\x80\x03cjoblib.numpy_pickle\nNumpyArrayWrapper", /^It is a joblib file.*skl2onnx/],
  ["compressed joblib file", "x\x9c\x01\x02", /as joblib writes pickles: .*skl2onnx/],
  ["old pickle", "csklearn.svm\nSVC\n", /scikit-learn.*skl2onnx/],
  ["pickle", "\x80\x04\x95\x00", /Booster\.save_model.*skl2onnx/],
  ["old .pt", "\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", /^It is PyTorch's: .*torch\.onnx\.export/],
  [".pt", zipWith("model/data.pkl"), /^It is PyTorch's: .*torch\.onnx\.export/],
  [".keras", zipWith("metadata.json"), /^It is a \.keras file: .*keras\.saving\.load_model/],
  ["another zip", zipWith("readme.txt"), /^It is a zip file/],
  [".h5", "\x89HDF\r\n\x1a\n", /\(\.h5\).*keras\.saving\.load_model/],
  [".safetensors", '\x40\x1f\0\0\0\0\0\0{"weight":', /^It is a \.safetensors file.*optimum-cli export onnx/],
  [".tflite", "\x1c\0\0\0TFL3", /tf2onnx\.convert --tflite/],
  ["CatBoost's", "CBM1\x00", /format="onnx"/],
  ["array", "\x93NUMPY\x01\0", /^It is an array of NumPy's/],
];

describe("The format of a model file", () => {
  for (const [what, head, said] of HEADS) {
    it(`is rejected with the conversion that helps: ${what}`, () => {
      const format = modelFormat(Buffer.from(head, "latin1"));
      assert.ok(typeof format === "object", `taken for ${format}`);
      assert.match(format.rejected, said);
    });
  }

  it("is ONNX, XGBoost's or LightGBM's for their files", () => {
    const formats = ["\x08\x08\x12\x07pytorch", '{"learner":', "{L\0\0", "tree\nversion=v4"].map((head) =>
      modelFormat(Buffer.from(head, "latin1")),
    );
    assert.deepEqual(formats, ["onnx", "json", "ubj", "txt"]);
  });
});
