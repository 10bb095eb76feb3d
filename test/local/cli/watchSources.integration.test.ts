import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type SourceChange, watchSources } from "../../../local/cli/watchSources";
import { removeFolder } from "../../helpers/process/removeFolder";
import { moment } from "../../helpers/time/moment";

describe("A watch over a project's sources", () => {
  let project: string;
  let file: string;
  let unwatch: () => Promise<void>;
  let changes: SourceChange[];
  let tellOf: ((change: SourceChange) => void) | undefined;

  beforeEach(async () => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-test-"));
    file = path.join(project, "functions", "iris", "index.ts");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    for (const name of [file, "index.ts", "Pulumi.dev.yaml"].map((name) => path.resolve(project, name))) {
      fs.writeFileSync(name, "0");
    }
    changes = [];
    unwatch = await watchSources(project, (change) => {
      changes.push(change);
      tellOf?.(change);
    });
  });
  afterEach(async () => {
    await unwatch();
    removeFolder(project);
  });

  /** Saves, and waits until the watch has noticed the named file. */
  async function saved(name: string, save: () => void): Promise<SourceChange> {
    const noticed = new Promise<SourceChange>((resolve) => {
      tellOf = (change) => {
        if (change.file === name) resolve(change);
      };
    });
    save();
    return noticed;
  }

  const IRIS = "functions/iris/index.ts";
  const ways: [way: string, save: (text: string) => void][] = [
    ["in place", (text) => fs.writeFileSync(file, text)],
    [
      "by a rename over the file",
      (text) => {
        fs.writeFileSync(`${file}.new`, text);
        fs.renameSync(`${file}.new`, file);
      },
    ],
    [
      "by renaming the old one away and writing a new one",
      (text) => {
        fs.renameSync(file, `${file}~`);
        fs.writeFileSync(file, text);
        fs.rmSync(`${file}~`);
      },
    ],
    [
      "by renaming away and back",
      (text) => {
        fs.renameSync(file, `${file}.away`);
        fs.writeFileSync(`${file}.away`, text);
        fs.renameSync(`${file}.away`, file);
      },
    ],
    [
      "by removing and writing it, as a checkout does",
      (text) => {
        fs.rmSync(file);
        fs.writeFileSync(file, text);
      },
    ],
  ];
  for (const [way, save] of ways) {
    for (const [next, saveNext] of ways) {
      it(`notices a save ${way}, and then one ${next}`, async () => {
        await saved(IRIS, () => save("1"));
        await moment();
        await saved(IRIS, () => saveNext("22"));
      });
    }
  }

  it("notices files of the project's own folder, new folders and removed files", async () => {
    await saved("Pulumi.dev.yaml", () => fs.writeFileSync(path.join(project, "Pulumi.dev.yaml"), "1"));
    await saved("index.ts", () => fs.writeFileSync(path.join(project, "index.ts"), "1"));
    const wine = path.join(project, "functions", "wine");
    const added = await saved("functions/wine/index.ts", () => {
      fs.mkdirSync(wine);
      fs.writeFileSync(path.join(wine, "index.ts"), "1");
    });
    const removed = await saved("functions/wine/index.ts", () => fs.rmSync(path.join(wine, "index.ts")));
    assert.deepEqual([added.kind, removed.kind], ["added", "removed"]);
  });

  it("takes no notice of files that are not sources", async () => {
    for (const name of ["README.md", "functions/iris/.index.ts.swp", "functions/iris/index.ts~"]) {
      fs.writeFileSync(path.join(project, name), "1");
    }
    await saved(IRIS, () => fs.writeFileSync(file, "1"));
    assert.deepEqual([...new Set(changes.map((change) => change.file))], [IRIS]);
  });
});
