import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const SCRIPT = path.join(__dirname, "../../../helpers/services/callWithFewFiles.ts");

describe("An invocation", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  it("fails by itself when the local cloud has no files left, which serves the next one", async () => {
    const command = `ulimit -n 200 && exec "${process.execPath}" --import tsx "${SCRIPT}"`;
    const { stdout } = await promisify(execFile)("sh", ["-c", command]);
    const { few, afterwards } = JSON.parse(stdout) as { few: string[]; afterwards: string };
    assert.equal(few[0], "failed");
    assert.deepEqual(
      few.filter((result) => result !== "failed" && result !== "called"),
      [],
    );
    assert.equal(afterwards, "called");
  });
});
