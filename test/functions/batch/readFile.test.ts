import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { parseBatchKey } from "../../../functions/batch/batchKey";
import { stringifyExactly } from "../../../functions/batch/exactJson";
import { jsonTarget } from "../../../functions/batch/jsonTarget";
import { BadRow, type RawRow } from "../../../functions/batch/rawRow";
import { readRows } from "../../../functions/batch/readFile";
import { npyFile } from "../../helpers/models/npyFile";

/** A file that arrives some bytes at a time. */
const fileOf = (content: string | Buffer, chunk: number) => {
  const bytes = Buffer.from(content);
  return {
    bytes: bytes.length,
    async *chunks(from: number) {
      for (let at = from; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
};

async function rowsOf(
  content: string | Buffer,
  format: "csv" | "jsonl" | "npy",
  from = 0,
  chunk = 7,
): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of readRows(fileOf(content, chunk), format, from)) rows.push(row);
  return rows;
}

const schema = {
  request: { properties: { a: { type: "number" }, name: { type: "string" } }, required: ["a", "b"] },
};
const { readRow } = jsonTarget(schema);
const read = (row: RawRow) => {
  try {
    return stringifyExactly(readRow(row));
  } catch (error) {
    assert.ok(error instanceof BadRow);
    return error.message;
  }
};

describe("the file of a batch", () => {
  it("is CSV with names of fields: quotes, line ends of Windows, empty cells, and numbers that are numbers", async () => {
    const csv = '\ufeffa,b, name\r\n1,-2.5e3,007\r\n,12345678901234567890,"x, ""y""\nz"\r\n\r\n1,2\r\n';
    assert.deepEqual((await rowsOf(csv, "csv")).map(read), [
      '{"a":1,"b":-2500,"name":"007"}',
      '{"b":12345678901234567890,"name":"x, \\"y\\"\\nz"}',
      "The line has 2 values, the header 3",
    ]);
    assert.deepEqual((await rowsOf(csv, "csv", 2)).map(read), ["The line has 2 values, the header 3"]);
  });

  it("is a JSON object a line, with all digits of its numbers, and Python's words for what is none", async () => {
    const exact = [
      '{"a":1e400,"b":[-1.5E+309,12345678901234567890]}',
      '{"a":"1e400 NaN","b":"\ue0001234567"}',
    ];
    assert.deepEqual((await rowsOf(exact.join("\n"), "jsonl")).map(read), exact);
    assert.deepEqual((await rowsOf('{"a": [NaN, -Infinity,Infinity], "NaN": "NaN"}', "jsonl")).map(read), [
      '{"a":["NaN","-Infinity","Infinity"],"NaN":"NaN"}',
    ]);
    const lines = '{"a": 9007199254740993, "b": "1"}\n\n{"a": \n[1]\n{"a":1}';
    const read4 = (await rowsOf(lines, "jsonl")).map(read);
    assert.deepEqual([read4[0], read4[2], read4[3]], ['{"a":9007199254740993,"b":"1"}', "[1]", '{"a":1}']);
    assert.match(read4[1] ?? "", /^The line is not JSON: /);
    assert.deepEqual((await rowsOf(lines, "jsonl", 3)).map(read), ['{"a":1}']);
  });

  it("has a column for each value of a field that is a list, and an array's whole row where that is the only field", async () => {
    const list = { type: "array", items: { type: "number" } };
    const properties = { x: list, name: { type: "string" } };
    const target = jsonTarget({ request: { properties, required: ["x"] } });
    const [row] = await rowsOf("x,name,x.1,x.2,x.y\n1,a,,3,4\n", "csv");
    assert.deepEqual(row && target.readRow(row), { x: [1, 3], name: "a", "x.y": 4 });
    const npy = npyFile("<f8", [1, 3], new Uint8Array(new Float64Array([1, 2, 3]).buffer));
    assert.deepEqual((await rowsOf(npy, "npy")).map(target.readRow), [{ x: [1, 2, 3] }]);
    const two = jsonTarget({ request: { properties: { ...properties, y: list }, required: ["x", "y"] } });
    assert.throws(() => two.readRow({ kind: "numbers", values: [1, 2, 3] }), {
      message: "The row has 3 numbers, the request takes 2: x, y",
    });
  });

  it("is an array whose rows are along the first axis, with the required fields in their order", async () => {
    const npy = npyFile("<f8", [3, 2], new Uint8Array(new Float64Array([1, 0.1, 2, 3, 4, 5]).buffer));
    assert.deepEqual((await rowsOf(npy, "npy")).map(read), [
      '{"a":1,"b":0.1}',
      '{"a":2,"b":3}',
      '{"a":4,"b":5}',
    ]);
    assert.deepEqual((await rowsOf(npy, "npy", 2)).map(read), ['{"a":4,"b":5}']);
    const fortran = Buffer.from(npy.toString("latin1").replace("False", "True "), "latin1");
    await assert.rejects(rowsOf(fortran, "npy"), {
      message: "The array is in Fortran order: save it with numpy.ascontiguousarray(rows)",
    });
    await assert.rejects(rowsOf("not an array", "npy"), { message: /^Not a .npy file/ });
  });

  it("A row that is nested too deeply fails, and the next one is read", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    assert.deepEqual((await rowsOf(`${deep}\n{"a":1}`, "jsonl", 0, 65_536)).map(read), [
      "The line is nested deeper than 100 levels",
      '{"a":1}',
    ]);
  });

  it("Rows that no request could hold end the reading with the limit", async () => {
    await assert.rejects(rowsOf(`a${",a".repeat(100_000)}\n1\n`, "csv", 0, 65_536), {
      message: "The first line names 100001 columns; at most 100000 are taken",
    });
    const wide = npyFile("|u1", [1, 7_000_000], new Uint8Array(7_000_000));
    await assert.rejects(rowsOf(wide, "npy", 0, 65_536), {
      message: "A row of the array has 7000000 bytes; at most 6291456 are taken",
    });
  });

  it("is CSV in UTF-8 with commas and each column once, and otherwise says so", async () => {
    const notText = "The first line is not text in UTF-8: save the file as CSV in UTF-8, not compressed";
    const withCommas = (line: string) =>
      `The first line names one column, ${line}: save the file with commas between the values`;
    const files: [string | Buffer, string][] = [
      [gzipSync("a,b\n1,2\n"), notText],
      [Buffer.from("a,\xe9\n1,2\n", "latin1"), notText],
      [Buffer.from("a,b\n1,2\n", "utf16le"), notText],
      ["a;b\n1,5;2\n", withCommas('"a;b"')],
      ["a\tb\n1\t2\n", withCommas('"a\\tb"')],
    ];
    for (const [file, message] of files) await assert.rejects(rowsOf(file, "csv"), { message });
    assert.deepEqual((await rowsOf("a,b,a\n1,2,3\n1,2,\n1e400,2,\n", "csv")).map(read), [
      'The column "a" is there twice',
      '{"a":1,"b":2}',
      '{"a":"1e400","b":2}',
    ]);
  });

  it("is empty where it has no line at all", async () => {
    await assert.rejects(rowsOf("", "csv"), {
      message: "The file is empty: its first line names the columns",
    });
    assert.deepEqual(await rowsOf("", "jsonl"), []);
  });

  it("A batch's file is known by its key only", () => {
    assert.deepEqual(parseBatchKey("batches/open-inference/iris/in/a b.npy"), {
      ...{ key: "batches/open-inference/iris/in/a b.npy", endpoint: "open-inference", model: "iris" },
      ...{ name: "a b", format: "npy" },
    });
    for (const key of [
      "batches/iris/out/a.jsonl",
      "batches/iris/in/a/b.csv",
      "batches/iris/m/n/in/a.csv",
      "batches/iris/in/a.txt",
      "batches/in/a.csv",
      "in/a.csv",
    ]) {
      assert.equal(parseBatchKey(key), undefined, key);
    }
  });
});
