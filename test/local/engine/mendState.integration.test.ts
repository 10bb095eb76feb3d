import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { mendState } from "../../../local/engine/mendState";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("the state of an engine that was killed", () => {
  const dataDir = temporaryFolder();
  const locks = path.join(dataDir, "state", ".pulumi", "locks", "organization", "paddock", "local");
  const stacks = path.join(dataDir, "state", ".pulumi", "stacks", "paddock");
  const lock = (pid: number, hostname = os.hostname()) => JSON.stringify({ pid, hostname });

  it("loses its lock and what it did not write to the end, and nothing else", () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    for (const folder of [locks, stacks]) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(locks, "killed.json"), lock(gone));
    fs.writeFileSync(path.join(locks, "running.json"), lock(process.pid));
    fs.writeFileSync(path.join(locks, "elsewhere.json"), lock(gone, "elsewhere"));
    fs.writeFileSync(path.join(stacks, "local.json"), "");
    fs.writeFileSync(path.join(stacks, "local.json.attrs"), "");
    fs.writeFileSync(path.join(stacks, "other.json.attrs"), "{}");
    mendState(dataDir);
    assert.deepEqual(fs.readdirSync(locks).sort(), ["elsewhere.json", "running.json"]);
    assert.deepEqual(fs.readdirSync(stacks).sort(), ["local.json", "other.json.attrs"]);
  });

  it("is nothing before the first deployment", () => {
    assert.doesNotThrow(() => mendState(path.join(dataDir, "none")));
  });
});
