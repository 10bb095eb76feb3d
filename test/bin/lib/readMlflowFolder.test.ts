import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { readMlflowFolder } from "../../../bin/lib/readMlflowFolder";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("A folder that MLflow saved", () => {
  const folderOf = (files: Readonly<Record<string, string>>) => {
    const folder = temporaryFolder();
    for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
    return folder;
  };

  it("is read with its model's file and the rows of its example", () => {
    const folder = folderOf({
      MLmodel: "flavors: {onnx: {data: m.onnx}}\nsaved_input_example_info: {artifact_path: rows.json}\n",
      "m.onnx": "",
      "rows.json": '{"columns": ["a", "b"], "data": [[1, null]]}',
    });
    assert.deepEqual(readMlflowFolder(folder), {
      file: path.join(folder, "m.onnx"),
      rows: [[1, Number.NaN]],
    });
  });

  it("is rejected in one line that names what is wrong, however it is damaged", () => {
    const example = "flavors: {onnx: {data: m.onnx}}\nsaved_input_example_info: {artifact_path: rows.json}\n";
    for (const [files, said] of [
      [{}, /without the file MLmodel/],
      [{ MLmodel: "flavors:\n" }, /has the flavors of nothing; xgboost/],
      [{ MLmodel: "null" }, /has the flavors of nothing/],
      [{ MLmodel: "flavors: {onnx: null}" }, /has the flavors onnx; /],
      [{ MLmodel: "[" }, /MLmodel is not YAML: /],
      [
        { MLmodel: "flavors: {onnx: {data: ../m.onnx}}" },
        /^MLmodel names \.\.\/m\.onnx, which is not in its folder\.$/,
      ],
      [
        { MLmodel: "flavors: {onnx: {data: m.onnx}}" },
        /^MLmodel names m\.onnx, which is not in its folder\.$/,
      ],
      [
        { MLmodel: example, "m.onnx": "", "rows.json": "{" },
        /rows\.json, the model's input example, is not JSON: /,
      ],
    ] as const) {
      assert.throws(() => readMlflowFolder(folderOf(files)), { message: said });
    }
  });
});
