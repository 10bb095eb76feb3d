import assert from "node:assert/strict";
import os from "node:os";
import path from "node:path";
import { SourceChanges } from "../../../local/cli/sourceChanges";
import { eventually } from "../../helpers/time/eventually";

const FOLDER = os.tmpdir();
const NOTHING = { created: [], updated: [], deleted: [] };

/** Changes in a project whose files `one.ts` and `two.ts` are functions, and whose updates go on until they are told. */
function changesOf() {
  const updates: { files: readonly string[]; end: (error?: Error) => void }[] = [];
  const changes = new SourceChanges({
    projectDir: FOLDER,
    functionsOf: (file) => (/(one|two)\.ts$/.test(file) ? [path.basename(file, ".ts")] : undefined),
    update: (files) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(NOTHING));
        updates.push({ files: files.map((file) => path.basename(file)), end });
      }),
  });
  const save = (file: string) => changes.add({ file, kind: "changed" });
  const isServed = async (name?: string) =>
    (await Promise.race([changes.served(name), new Promise((done) => setImmediate(done, "waits"))])) !==
    "waits";
  const nextUpdate = async (count: number) => {
    return eventually(() => updates[count - 1] ?? assert.fail());
  };
  return { changes, save, isServed, nextUpdate };
}

describe("SourceChanges", () => {
  it("A function's requests wait until its changed file is served, and those of others do not", async () => {
    const { changes, save, isServed, nextUpdate } = changesOf();
    save("one.ts");
    assert.deepEqual([await isServed("one"), await isServed("two"), await isServed()], [false, true, true]);
    save("two.ts");
    assert.deepEqual([await isServed("one"), await isServed("two")], [false, false]);
    (await nextUpdate(1)).end();
    await changes.served("one");
    assert.deepEqual([await isServed("one"), await isServed("two")], [true, true]);
  });

  it("Every request waits for a file that may be of anything", async () => {
    const { changes, save, isServed, nextUpdate } = changesOf();
    save("one.ts");
    save("index.ts");
    save("two.ts");
    assert.deepEqual([await isServed("three"), await isServed()], [false, false]);
    (await nextUpdate(1)).end();
    await changes.served();
  });

  it("A file that could not be served is tried again with the next one", async () => {
    const { changes, save, nextUpdate } = changesOf();
    save("one.ts");
    const failed = await nextUpdate(1);
    failed.end(new Error("broken"));
    await changes.served("one");
    save("two.ts");
    const next = await nextUpdate(2);
    assert.deepEqual([failed.files, next.files], [["one.ts"], ["one.ts", "two.ts"]]);
    next.end();
    await changes.served("two");
  });
});
