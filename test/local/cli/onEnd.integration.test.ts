import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { buildSync } from "esbuild";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("A process of npm's", () => {
  it("goes on while it has no file left to look at its parent", async function () {
    // Other systems are asked by a program.
    if (process.platform !== "linux") this.skip();
    const script = path.join(temporaryFolder(), "withoutFiles.js");
    // In one file: there is none left for another.
    buildSync({
      entryPoints: [require.resolve("./withoutFiles")],
      outfile: script,
      bundle: true,
      platform: "node",
    });
    const command = 'ulimit -n 80; exec "$0" "$1"';
    const { stdout } = await promisify(execFile)("sh", ["-c", command, process.execPath, script], {
      env: { ...process.env, npm_lifecycle_event: "start" },
    });
    assert.equal(stdout, "EMFILE\ngoes on\n");
  });
});
