import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { runCommand } from "../../helpers/process/runCommand";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const COMMAND = path.resolve(__dirname, "../../../local/cli/command");

/** A command that prints for as long as it is read. */
const SOURCE = (setUp: string) => `
import { command } from ${JSON.stringify(COMMAND)};
${setUp}
command({
  usage: "print",
  about: "Prints.",
  options: {},
  async run() {
    for (;;) {
      console.log("line");
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  },
});
`;

describe("A command whose reader goes away", () => {
  const folder = temporaryFolder();

  async function endOf(setUp: string) {
    const file = path.join(folder, `print${setUp.length}.ts`);
    fs.writeFileSync(file, SOURCE(setUp));
    const running = runCommand(path.relative(path.resolve(__dirname, "../../.."), file), [], folder);
    await running.printed(/line/);
    let errors = "";
    running.process.stderr?.on("data", (text: string) => {
      errors += text;
    });
    running.process.stdout?.destroy();
    return [await running.exit, errors];
  }

  it("A command whose reader goes away ends without a word", async () => {
    assert.deepEqual(await endOf(""), [0, ""]);
  });

  it("A command whose reader goes away ends what it serves first, as at SIGTERM", async () => {
    const setUp = 'process.on("SIGTERM", () => { console.error("ended"); process.exit(3); });';
    assert.deepEqual(await endOf(setUp), [3, "ended\n"]);
  });
});
