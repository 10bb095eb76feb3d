import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { LogFiles, logFile } from "../../../local/cli/logFiles";
import { replaceFile } from "../../../local/resources/files";
import { VersionLedger } from "../../../local/services/lambda/versionLedger";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

/** Writing to it fails as on a full disk. */
const FULL = "/dev/full";

describe("On a full disk", () => {
  let folder: string;
  before(function () {
    if (!fs.existsSync(FULL)) this.skip();
  });
  beforeEach(() => {
    folder = temporaryFolder();
  });

  /** The draft by which a file is replaced. */
  const draftOf = (file: string) => `${file}.${process.pid}.part`;

  it("a file that is replaced stays as it was, and no draft is left", () => {
    const file = path.join(folder, "ports.json");
    fs.writeFileSync(file, "old");
    fs.symlinkSync(FULL, draftOf(file));
    assert.throws(() => replaceFile(file, "new"), { code: "ENOSPC" });
    assert.deepEqual([fs.readFileSync(file, "utf8"), fs.readdirSync(folder)], ["old", ["ports.json"]]);
    replaceFile(file, "new");
    assert.equal(fs.readFileSync(file, "utf8"), "new");
  });

  it("a version's number is not given before it is written down", () => {
    const file = path.join(folder, "versions.json");
    const ledger = new VersionLedger(file);
    assert.equal(ledger.publish("f", "a"), 1);
    fs.symlinkSync(FULL, draftOf(file));
    assert.throws(() => ledger.publish("f", "b"), { code: "ENOSPC" });
    assert.equal(ledger.publish("f", "b"), 2);
    assert.equal(new VersionLedger(file).publish("f", "b"), 2);
  });

  it("functions' log lines are lost, and the next ones are kept once there is room", () => {
    const logs = new LogFiles(folder);
    const write = (line: string) => logs.write({ functionName: "f", version: "1", source: "function", line });
    const file = logFile(folder, "f");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.symlinkSync(FULL, file);
    write("lost");
    logs.flush();
    fs.rmSync(file);
    write("kept");
    logs.flush();
    assert.match(fs.readFileSync(file, "utf8"), /^\S+ kept\n$/);
  });

  it("a folder for logs that cannot be made ends nothing", () => {
    fs.writeFileSync(path.join(folder, "logs"), "");
    const logs = new LogFiles(folder);
    logs.write({ functionName: "f", version: "1", source: "function", line: "lost" });
    assert.doesNotThrow(() => logs.flush());
  });
});
