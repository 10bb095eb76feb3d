import assert from "node:assert/strict";
import {
  inferBody,
  probabilitiesOf,
  tensorForm,
  tensorValues,
} from "../../../../local/page/client/try/tensors";

describe("The form of a model's tensor", () => {
  const row = { name: "X", datatype: "FP32", shape: [-1, 4] };
  const known = [{ name: "X", labels: ["sl", "sw", "pl", "pw"] }];

  it("has a cell for each value of a row, with the names of the card", () => {
    assert.deepEqual(tensorForm(row, known).cells, ["sl", "sw", "pl", "pw"]);
    assert.deepEqual(tensorForm(row).cells, ["X 1", "X 2", "X 3", "X 4"]);
    assert.deepEqual(tensorForm({ name: "n", datatype: "INT64", shape: [] }).cells, ["n"]);
  });

  it("has JSON for tensors of many values, and of any shape", () => {
    assert.deepEqual(tensorForm({ ...row, shape: [-1, 3, 224, 224] }).cells, []);
    assert.deepEqual(tensorForm({ name: "any", datatype: "FP32" }).cells, []);
  });

  it("has JSON for tensors whose rows have no fixed length, and a cell for a list of any length", () => {
    const dynamic = tensorForm({ ...row, shape: [-1, -1] });
    assert.deepEqual(dynamic.cells, []);
    assert.deepEqual(tensorValues(dynamic).shape, "1, 1");
    assert.deepEqual(tensorForm({ ...row, shape: [-1] }).cells, ["X"]);
  });

  it("makes the request of what is typed: by the data type, and zeros for what is empty", () => {
    const forms = [
      tensorForm(row),
      tensorForm({ name: "s", datatype: "BYTES", shape: [1, 2] }),
      tensorForm({ name: "b", datatype: "BOOL", shape: [2] }),
      tensorForm({ name: "large", datatype: "FP32", shape: [-1, 40] }),
      tensorForm({ name: "any", datatype: "FP32" }),
    ];
    const values = [
      { shape: "1, 4", cells: ["1.5", "", "x", "-2"], data: "" },
      { shape: "1, 2", cells: ["7", ""], data: "" },
      { shape: "2", cells: ["true", "maybe"], data: "" },
      { shape: "1, 40", cells: [], data: "" },
      { shape: "2", cells: [], data: "[1, 2]" },
    ];
    assert.deepEqual(inferBody(forms, values).inputs, [
      { name: "X", shape: [1, 4], datatype: "FP32", data: [1.5, 0, "x", -2] },
      { name: "s", shape: [1, 2], datatype: "BYTES", data: ["7", ""] },
      { name: "b", shape: [2], datatype: "BOOL", data: [true, "maybe"] },
      { name: "large", shape: [1, 40], datatype: "FP32", data: Array(40).fill(0) },
      { name: "any", shape: [2], datatype: "FP32", data: [1, 2] },
    ]);
  });

  it("is filled with a sample, in cells where it is one row and else as JSON", () => {
    const form = tensorForm(row);
    const sample = { ...row, shape: [1, 4], data: [[6.9, 3.1, 5.1, 2.3]] };
    assert.deepEqual(tensorValues(form, sample), {
      shape: "1, 4",
      cells: ["6.9", "3.1", "5.1", "2.3"],
      data: "",
    });
    assert.deepEqual(tensorValues(form), { shape: "1, 4", cells: ["", "", "", ""], data: "" });
  });
});

describe("A tensor of a response", () => {
  const known = [{ name: "p", labels: ["a", "b"] }];
  const output = { name: "p", datatype: "FP32", shape: [1, 2], data: [0.25, 0.75] };

  it("is shown as probabilities where they add up to one, with the names of the card", () => {
    assert.deepEqual(probabilitiesOf(output, known), [
      { label: "a", value: 0.25 },
      { label: "b", value: 0.75 },
    ]);
    assert.deepEqual(probabilitiesOf(output, [])[0]?.label, "class 0");
  });

  it("is shown as values where they are anything else", () => {
    for (const other of [
      { data: [0.5, 0.75] },
      { datatype: "INT64", data: [0, 1] },
      { shape: [2, 1] },
      { data: [-1, 2] },
    ]) {
      assert.deepEqual(probabilitiesOf({ ...output, ...other }, known), []);
    }
  });
});
