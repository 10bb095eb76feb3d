import assert from "node:assert/strict";
import { askRows } from "../../../functions/batch/askRows";
import type { Called } from "../../../functions/batch/callFunction";
import { jsonTarget } from "../../../functions/batch/jsonTarget";
import { protocolTarget } from "../../../functions/batch/protocolTarget";
import type { RowContent } from "../../../functions/batch/rawRow";
import { DOUBLING, double } from "../../helpers/handlers/memoryBatch";

const rows = (values: readonly unknown[]) => values.map((x, row) => ({ row, value: { x } }));
const linesOf = async (call: (body: string) => Called, values: readonly unknown[]) =>
  (await askRows(jsonTarget(DOUBLING), async (body) => call(body), rows(values))).map(({ line }) =>
    JSON.parse(line),
  );

describe("asking for rows", () => {
  it("fails the rows that the endpoint names, and asks for the others again", async () => {
    const asked: unknown[] = [];
    const lines = await linesOf((body) => double(body, asked), [1, "a", 3, null]);
    assert.deepEqual(lines, [
      { row: 0, answer: 2 },
      { row: 1, status: 400, error: "x must be a number" },
      { row: 2, answer: 6 },
      { row: 3, status: 400, error: "x must be a number" },
    ]);
    assert.deepEqual(asked, [1, "a", 3, null, 1, 3]);
  });

  it("fails rows that are named by their numbers only, each for the whole reason", async () => {
    const lines = await linesOf(
      (body) =>
        JSON.parse(body).instances.length === 2
          ? { status: 400, body: '{"reason":"must contain x","instances":[1]}' }
          : double(body),
      [1, 2],
    );
    assert.deepEqual(lines, [
      { row: 0, answer: 2 },
      { row: 1, status: 400, error: "must contain x" },
    ]);
  });

  it("finds the row that ends the function, and a group that is too large, by halves", async () => {
    let calls = 0;
    const lines = await linesOf(
      (body) => {
        calls++;
        const poisoned = (JSON.parse(body).instances as { x: number }[]).some(({ x }) => x === 5);
        return poisoned ? { status: 502, body: "The function ended" } : double(body);
      },
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.deepEqual(lines[5], { row: 5, status: 502, error: "The function ended" });
    assert.equal(lines.filter(({ answer }) => answer !== undefined).length, 7);
    assert.equal(calls, 7);
  });

  it("does not ask row by row what is throttled: no row is to blame", async () => {
    let calls = 0;
    const lines = await linesOf(() => {
      calls++;
      return { status: 429, body: '{"message":"Rate Exceeded."}' };
    }, [1, 2, 3]);
    assert.equal(calls, 1);
    assert.deepEqual(lines[2], { row: 2, status: 429, error: "Rate Exceeded." });
  });
});

describe("a model of the Open Inference Protocol", () => {
  const x = { name: "x", datatype: "FP32", shape: [-1, 2] };
  const text = (columns: readonly string[], ...cells: string[]): RowContent => ({
    kind: "text",
    columns,
    cells,
  });

  it("gets one tensor of the rows, from columns as pandas names them, and answers by outputs", () => {
    const id = { name: "id", datatype: "INT64", shape: [-1] };
    const target = protocolTarget("m", { inputs: [x, id], outputs: [x] });
    const values = [
      text(["x", "x.1", "id"], "1", "", "9007199254740993"),
      text(["x", "x.1", "id"], "3", "4", "5"),
    ].map((row) => target.readRow(row));
    assert.equal(
      target.writeRequest(values),
      '{"inputs":[{"name":"x","datatype":"FP32","shape":[2,2],"data":[1,null,3,4]},{"name":"id","datatype":"INT64","shape":[2],"data":[9007199254740993,5]}]}',
    );
    const outputs = [
      { name: "label", shape: [2], data: [0, 1] },
      { name: "p", shape: [2, 1, 2], data: [1, 2, 3, 4] },
    ];
    assert.deepEqual(target.readResponse(JSON.stringify({ outputs }), 2), [
      { label: 0, p: [[1, 2]] },
      { label: 1, p: [[3, 4]] },
    ]);
  });

  it("is asked row by row where its batch is 1, or its answers are not by row", async () => {
    assert.equal(protocolTarget("m", { inputs: [{ ...x, shape: [1, 2] }], outputs: [x] }).rowsAtOnce, 1);
    const target = protocolTarget("m", { inputs: [x], outputs: [x] });
    const asked: number[] = [];
    const values = [
      [1, 2],
      [3, 4],
    ].map((values) => target.readRow({ kind: "numbers", values }));
    const results = await askRows(
      target,
      async (body) => {
        const [{ shape, data }] = JSON.parse(body).inputs as [{ shape: number[]; data: number[] }];
        asked.push(shape[0] ?? 0);
        return {
          status: 200,
          body: JSON.stringify({
            outputs: [{ name: "sum", shape: [1], data: [data.reduce((a, b) => a + b)] }],
          }),
        };
      },
      values.map((value, row) => ({ row, value })),
    );
    assert.deepEqual(asked, [2, 1, 1]);
    assert.deepEqual(
      results.map(({ line }) => line),
      ['{"row":0,"answer":{"sum":3}}', '{"row":1,"answer":{"sum":7}}'],
    );
  });

  it("takes a row's own axes for a model that declares no shape, whose metadata says [-1]", () => {
    const any = { name: "x", datatype: "FP32", shape: [-1] };
    const target = protocolTarget("m", { inputs: [any], outputs: [any] });
    const write = (...rows: RowContent[]) =>
      JSON.parse(target.writeRequest(rows.map(target.readRow))).inputs[0];
    const numbers = (...values: number[]): RowContent => ({ kind: "numbers", values });
    assert.deepEqual(write(numbers(1, 2), numbers(3, 4)).shape, [2, 2]);
    assert.deepEqual(write(text(["x", "x.1"], "1", "2")).shape, [1, 2]);
    assert.deepEqual(write({ kind: "json", value: { x: [[1, 2, 3]] } }).shape, [1, 1, 3]);
    assert.deepEqual(write(numbers(1), numbers(2)).shape, [2]);
    assert.deepEqual(write({ kind: "json", value: { x: "a" } }).shape, [1]);
  });

  it("refuses a row of another size, and a model without rows", () => {
    const target = protocolTarget("m", { inputs: [x], outputs: [x] });
    assert.throws(() => target.readRow({ kind: "numbers", values: [1] }), {
      message: 'Input "x" has 1 values, the model takes 2',
    });
    assert.throws(() => target.readRow({ kind: "json", value: { y: 1 } }), {
      message: 'Input "x" is missing',
    });
    assert.throws(() => protocolTarget("m", { inputs: [{ ...x, shape: [] }], outputs: [x] }), {
      message: "The model m has no rows: the first axis of each input must be of any size",
    });
  });
});
