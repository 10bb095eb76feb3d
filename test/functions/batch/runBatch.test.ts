import assert from "node:assert/strict";
import { type Batch, parseBatchKey } from "../../../functions/batch/batchKey";
import type { BatchState } from "../../../functions/batch/batchState";
import { BadFile } from "../../../functions/batch/rawRow";
import { type RunOptions, runBatch } from "../../../functions/batch/runBatch";
import { double, doublingRun, MemoryBatchObjects } from "../../helpers/handlers/memoryBatch";

const KEY = "batches/double/in/rows.csv";
const BATCH = parseBatchKey(KEY) as Batch;
const [OUT, FAILED, STATE] = ["out/rows.jsonl", "failed/rows.jsonl", "state/rows.json"].map(
  (name) => `batches/double/${name}`,
) as [string, string, string];

/** A step and a bit; every thousandth row is wrong. */
const ROWS = 4_100;
const FILE = `x\n${Array.from({ length: ROWS }, (_, i) => (i % 1000 === 7 ? "seven" : i)).join("\n")}\n`;
const isWrong = (row: number) => row % 1000 === 7;
const rowsWhere = (which: (row: number) => boolean) =>
  Array.from({ length: ROWS }, (_, row) => row).filter(which);
const EXPECTED = {
  out: rowsWhere((row) => !isWrong(row))
    .map((row) => `{"row":${row},"answer":${row * 2}}\n`)
    .join(""),
  failed: rowsWhere(isWrong)
    .map((row) => `{"row":${row},"status":400,"error":"x must be a number"}\n`)
    .join(""),
};

const uploaded = (file = FILE) => {
  const objects = new MemoryBatchObjects();
  objects.upload(KEY, file);
  return objects;
};
const resultsOf = (objects: MemoryBatchObjects) => ({ out: objects.text(OUT), failed: objects.text(FAILED) });
const stateOf = (objects: MemoryBatchObjects) => JSON.parse(objects.text(STATE) ?? "{}") as BatchState;

describe("a run of a batch", () => {
  it("answers every row in the file's order, and says why the others failed", async () => {
    const objects = uploaded();
    assert.deepEqual(await runBatch(BATCH, doublingRun(objects)), {
      status: "done",
      rows: ROWS,
      failed: 5,
      pieces: 2,
    });
    assert.deepEqual(resultsOf(objects), EXPECTED);
    const { status, rows, failed, run } = stateOf(objects);
    assert.deepEqual({ status, rows, failed, run }, { status: "done", rows: ROWS, failed: 5, run: null });
  });

  it("gives each row one line, wherever it is killed and whichever run goes on", async () => {
    class Killed extends Error {}
    let points = 0;
    for (let kill = 1; ; kill++) {
      const objects = uploaded();
      let writes = 0;
      objects.onWrite = () => {
        if (++writes === kill) throw new Killed();
      };
      const first = await runBatch(BATCH, doublingRun(objects)).catch((error: Error) => error);
      if (!(first instanceof Killed)) break;
      points = kill;
      // Lambda tries the same event again, with the same id.
      const { status } = await runBatch(BATCH, doublingRun(objects));
      assert.ok(status === "done", `killed at write ${kill}: ${status}`);
      assert.deepEqual(resultsOf(objects), EXPECTED, `killed at write ${kill}`);
    }
    // Before and after: the claim, two pieces with their states, two results, the last state.
    assert.equal(points, 2 * (1 + 2 * 2 + 2 + 1));
  });

  it("asks a row again only if its answer was not written", async () => {
    const objects = uploaded();
    const asked: unknown[] = [];
    const call: RunOptions["call"] = async (_batch, _path, body) => double(body, asked);
    objects.onWrite = (when, key) => {
      if (when === "after" && key.endsWith("/000000")) throw new Error("killed");
    };
    await assert.rejects(runBatch(BATCH, doublingRun(objects, { call })), /killed/);
    objects.onWrite = () => {};
    asked.length = 0;
    await runBatch(BATCH, doublingRun(objects, { call }));
    assert.equal(Math.min(...asked.filter((x) => typeof x === "number")), 4_000);
  });

  it("leaves a batch alone that another run is at, and takes it over once that one has died", async () => {
    const objects = uploaded();
    objects.onWrite = (when, key) => {
      if (when === "before" && key.endsWith("/000001")) throw new Error("killed");
    };
    await assert.rejects(runBatch(BATCH, doublingRun(objects)), /killed/);
    objects.onWrite = () => {};
    const another = doublingRun(objects, { run: "run-2" });
    assert.equal((await runBatch(BATCH, another)).status, "busy");
    const old = { ...stateOf(objects), updatedAt: new Date(Date.now() - 3_600_000).toISOString() };
    objects.upload(STATE, JSON.stringify(old));
    assert.equal((await runBatch(BATCH, another)).status, "done");
    assert.deepEqual(resultsOf(objects), EXPECTED);
  });

  it("takes a batch over that died before the clock was set back, and answers a file that is uploaded after that", async () => {
    const objects = uploaded("x\n1\n");
    await runBatch(BATCH, doublingRun(objects));
    const { input, ...state } = stateOf(objects);
    const future = new Date(Date.now() + 3 * 3_600_000).toISOString();
    const running = { ...state, input, status: "running", run: "dead", updatedAt: future };
    objects.upload(STATE, JSON.stringify(running));
    assert.equal((await runBatch(BATCH, doublingRun(objects))).status, "done");
    objects.upload(STATE, JSON.stringify({ ...state, input: { ...input, uploadedAt: future } }));
    objects.upload(KEY, "x\n21\n");
    assert.equal((await runBatch(BATCH, doublingRun(objects))).status, "done");
    assert.equal(objects.text(OUT), '{"row":0,"answer":42}\n');
  });

  it("leaves a file alone that another one has replaced since it was looked at", async () => {
    const objects = uploaded("x\n1\n");
    const old = await objects.head(KEY);
    objects.upload(KEY, "x\n2\n");
    await runBatch(BATCH, doublingRun(objects));
    const found = stateOf(objects);
    const uploadedAt = new Date(Date.now() + 1000).toISOString();
    objects.upload(STATE, JSON.stringify({ ...found, input: { ...found.input, uploadedAt } }));
    const { head } = objects;
    let heads = 0;
    objects.head = async (key) => (key === KEY && heads++ === 0 ? old : head.call(objects, key));
    assert.equal((await runBatch(BATCH, doublingRun(objects))).status, "older");
  });

  it("ends when another run has taken the batch over, and both together write each row once", async () => {
    const objects = uploaded();
    let second: Promise<unknown> | undefined;
    let calls = 0;
    const slow = doublingRun(objects, {
      async call(_batch, _path, body) {
        if (++calls === 3) {
          const old = { ...stateOf(objects), updatedAt: new Date(0).toISOString() };
          objects.upload(STATE, JSON.stringify(old));
          second = runBatch(BATCH, doublingRun(objects, { run: "run-2" }));
          await second;
        }
        return double(body);
      },
    });
    assert.equal((await runBatch(BATCH, slow)).status, "taken");
    assert.equal(((await second) as { status: string }).status, "done");
    assert.deepEqual(resultsOf(objects), EXPECTED);
  });

  it("ends before its time is over, for the next run to continue", async () => {
    const objects = uploaded();
    let steps = 1;
    const results: unknown[] = [];
    for (const run of ["a", "b"]) {
      results.push((await runBatch(BATCH, doublingRun(objects, { run, hasTime: () => steps-- > 0 }))).status);
      steps = 1;
    }
    assert.deepEqual(results, ["continues", "done"]);
    assert.deepEqual(resultsOf(objects), EXPECTED);
    assert.equal(stateOf(objects).runs, 2);
  });

  it("gives up a batch that several runs in a row had no answer for", async () => {
    const objects = uploaded();
    const results: unknown[] = [];
    for (const run of ["a", "b", "c"]) {
      results.push((await runBatch(BATCH, doublingRun(objects, { run, hasTime: () => false }))).status);
    }
    assert.deepEqual(results, ["continues", "continues", "failed"]);
    assert.match(stateOf(objects).error ?? "", /3 runs in a row had no answer/);
  });

  it("does nothing for an event that comes twice, and answers a file that is uploaded again", async () => {
    const objects = uploaded();
    await runBatch(BATCH, doublingRun(objects));
    assert.equal((await runBatch(BATCH, doublingRun(objects, { run: "again" }))).status, "done");
    objects.upload(KEY, "x\n21\n");
    assert.equal((await runBatch(BATCH, doublingRun(objects, { run: "new" }))).rows, 1);
    assert.equal(objects.text(OUT), '{"row":0,"answer":42}\n');
  });

  it("leaves a file alone that is gone, or replaced while it is read", async () => {
    assert.equal((await runBatch(BATCH, doublingRun(new MemoryBatchObjects()))).status, "gone");
    const objects = uploaded();
    const replacing = doublingRun(objects, {
      async call(_batch, _path, body) {
        if (objects.text(KEY) === FILE) objects.upload(KEY, "x\n1\n");
        return double(body);
      },
    });
    assert.equal((await runBatch(BATCH, replacing)).status, "taken");
    assert.equal((await runBatch(BATCH, doublingRun(objects))).status, "done");
    assert.equal(objects.text(OUT), '{"row":0,"answer":2}\n');
  });

  it("ends a batch whose file is deleted while it is read, with the rows that were answered", async () => {
    const objects = uploaded();
    const deleting = doublingRun(objects, {
      async call(_batch, _path, body) {
        objects.objects.delete(KEY);
        return double(body);
      },
    });
    const error = "The file was deleted before all of its rows were answered";
    const { status, rows = 0 } = await runBatch(BATCH, deleting);
    assert.deepEqual([status, stateOf(objects).status, stateOf(objects).error], ["failed", "failed", error]);
    assert.ok(rows > 0 && rows < ROWS);
    assert.ok(EXPECTED.out.startsWith(objects.text(OUT) ?? "none"));
  });

  it("leaves a batch alone that another run took, though its file is deleted", async () => {
    const objects = uploaded();
    const deleting = doublingRun(objects, {
      async call(_batch, _path, body) {
        objects.objects.delete(KEY);
        objects.upload(STATE, JSON.stringify({ ...stateOf(objects), run: "another" }));
        return double(body);
      },
    });
    assert.equal((await runBatch(BATCH, deleting)).status, "taken");
    assert.deepEqual([objects.text(OUT), stateOf(objects).run], [undefined, "another"]);
  });

  for (const text of ["", "{", "null", "[]", "{}", '{"job":1}', '{"job":"a","input":null}']) {
    it(`begins anew where the state is none: ${text}`, async () => {
      const objects = uploaded("x\n1\n");
      objects.upload(STATE, text);
      assert.equal((await runBatch(BATCH, doublingRun(objects))).status, "done");
      assert.equal(stateOf(objects).rows, 1);
    });
  }

  it("answers the rows before the place where a file is broken, and says where that is", async () => {
    const objects = uploaded('x\n1\n2\n"3\n');
    const { status, rows, error } = await runBatch(BATCH, doublingRun(objects));
    assert.deepEqual([status, rows], ["failed", 2]);
    assert.match(error ?? "", /^Row 2 is not CSV: /);
    assert.equal(objects.text(OUT), '{"row":0,"answer":2}\n{"row":1,"answer":4}\n');
  });

  it("says in the state why an endpoint cannot be asked", async () => {
    const objects = uploaded();
    const open = () => Promise.reject(new BadFile("There is no endpoint double"));
    assert.equal((await runBatch(BATCH, doublingRun(objects, { open }))).status, "failed");
    assert.equal(stateOf(objects).error, "There is no endpoint double");
  });
});
