import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { Progress } from "../../../local/cli/progress";
import { paintFor } from "../../../local/cli/terminal";
import { eventually } from "../../helpers/time/eventually";

/** Gives what is written to a pipe, or to a terminal of 40 columns. */
function output(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 40, hasColors: () => true, write: (text: string) => written.push(text), written };
}

describe("The progress of a command", () => {
  it("is a line for each step that takes time, in a pipe", async () => {
    const pipe = output(false);
    const progress = new Progress(pipe);
    progress.step("Evaluating");
    // The line comes while the step is under way.
    await eventually(() => assert.equal(pipe.written.length, 1));
    progress.step("Done at once");
    progress.step("Creating");
    await eventually(() => assert.equal(pipe.written.length, 2));
    progress.end();
    assert.match(pipe.written.join(""), /^ +\d\.\d s {2}Evaluating\n +\d\.\d s {2}Creating\n$/);
  });

  it("is a spinner that leaves the step's time, in a terminal", async () => {
    const terminal = output(true);
    const progress = new Progress(terminal);
    progress.step("Evaluating");
    progress.detail("a resource with a name that is longer than the terminal");
    // Drawn several times, and under way for longer than what needs no line.
    await eventually(() => assert.match(String(terminal.written.at(-1)), / (0\.[5-9]|[1-9]\.\d) s/));
    progress.print("something else\n");
    progress.end(true);
    const lines = terminal.written.join("").split("\r\x1b[2K");
    assert.ok(lines.length > 3);
    for (const line of lines) assert.ok(stripVTControlCharacters(line).trim().length <= 40, line);
    assert.ok(lines.includes("something else\n"));
    assert.match(String(lines.at(-1)), /✗.* Evaluating {2}.*\d\.\d s/);
  });

  it("says nothing of what is done at once", () => {
    for (const isTTY of [true, false]) {
      const quick = output(isTTY);
      const progress = new Progress(quick);
      progress.step("Reading");
      progress.end();
      assert.deepEqual(quick.written, []);
    }
  });
});

describe("Colours", () => {
  it("are for terminals that have them only", () => {
    assert.equal(paintFor({ isTTY: true, hasColors: () => true })("red", "x"), "\x1b[31mx\x1b[39m");
    assert.equal(paintFor({ isTTY: true, hasColors: () => false })("red", "x"), "x");
    assert.equal(paintFor({ isTTY: false })("red", "x"), "x");
  });
});
