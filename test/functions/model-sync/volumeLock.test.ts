import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { withVolumeLock } from "../../../functions/model-sync/volumeLock";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { eventually } from "../../helpers/time/eventually";

const inOneMinute = () => Date.now() + 60_000;

describe("withVolumeLock", () => {
  it("lets one work at a time, however many come at once", async () => {
    const folder = path.join(temporaryFolder(), "model");
    let working = 0;
    let most = 0;
    const work = async (result: number) => {
      working += 1;
      most = Math.max(most, working);
      await new Promise(setImmediate);
      working -= 1;
      return result;
    };
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => withVolumeLock(folder, inOneMinute(), () => work(n))),
    );
    assert.deepEqual({ results, most }, { results: [1, 2, 3, 4, 5], most: 1 });
  });

  it("gives the lock back after work that failed", async () => {
    const folder = temporaryFolder();
    await assert.rejects(
      withVolumeLock(folder, inOneMinute(), () => Promise.reject(new Error("no"))),
      { message: "no" },
    );
    assert.equal(await withVolumeLock(folder, inOneMinute(), async () => "next"), "next");
  });

  it("passes over a lock whose holder is gone, once its time is up", async () => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, "lock.7"), String(Date.now() + 300));
    const began = Date.now();
    const heldAt = await withVolumeLock(folder, inOneMinute(), async () => Date.now());
    assert.ok(heldAt - began >= 250, "the holder was still there");
    assert.deepEqual(fs.readdirSync(folder), ["lock.8"]);
  });

  it("says so when another holder does not end in time", async () => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, "lock.1"), String(Date.now() + 20_000));
    await assert.rejects(
      withVolumeLock(folder, Date.now() + 300, async () => "never"),
      {
        message: "Another copy of this model is under way, and did not end in time: try again later",
      },
    );
  });

  it("passes over a damaged lock, which no holder would write", async () => {
    for (const content of ["", "\u0000garbage", "9".repeat(20), "-"]) {
      const folder = temporaryFolder();
      fs.writeFileSync(path.join(folder, "lock.1"), content);
      assert.equal(await withVolumeLock(folder, inOneMinute(), async () => "taken"), "taken");
    }
  });

  it("takes no lock while the last one cannot be read: somebody may hold it", async () => {
    const folder = temporaryFolder();
    fs.mkdirSync(path.join(folder, "lock.1"));
    await assert.rejects(
      withVolumeLock(folder, inOneMinute(), async () => "never"),
      { code: "EISDIR" },
    );
    assert.deepEqual(fs.readdirSync(folder), ["lock.1"]);
  });

  it("leaves no file behind but the last lock, given back", async () => {
    const folder = temporaryFolder();
    for (let n = 0; n < 3; n++) await withVolumeLock(folder, inOneMinute(), async () => undefined);
    assert.deepEqual(fs.readdirSync(folder), ["lock.3"]);
    assert.equal(fs.readFileSync(path.join(folder, "lock.3"), "utf8"), "0");
  });

  it("holds for as long as the work takes", async () => {
    const folder = temporaryFolder();
    await withVolumeLock(folder, inOneMinute(), async () => {
      const before = Number(fs.readFileSync(path.join(folder, "lock.1"), "utf8"));
      await eventually(() =>
        assert.ok(Number(fs.readFileSync(path.join(folder, "lock.1"), "utf8")) > before),
      );
    });
  });
});
