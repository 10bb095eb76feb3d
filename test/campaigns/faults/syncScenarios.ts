import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import fsPromises from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { syncModel } from "../../../functions/model-sync/syncModel";
import { readManifest, versionFolder } from "../../../functions/shared/volume/volumeManifest";
import { MemoryObjects } from "../../helpers/handlers/memoryObjects";
import { hold, type Scenario } from "./scenario";

const MODEL = "horse";

/** ms that one copy may take. */
const DEADLINE_MS = 30_000;

/** The calls of a file system. */
const STEPS = [
  "appendFile",
  "link",
  "mkdir",
  "open",
  "readFile",
  "readdir",
  "rename",
  "rm",
  "stat",
  "unlink",
  "writeFile",
] as const;

/** Two versions of a model that have one file in common. */
const SAME = randomBytes(20_000);
const filesOf = (version: number) => ({ "model.onnx": Buffer.alloc(30_000, version), "weights.bin": SAME });

export const syncScenarios: readonly Scenario[] = [
  {
    fault: "the sync to the volume is interrupted at each of its steps, since the disk is full",
    run: () => interruptAtEachStep("ENOSPC"),
  },
  {
    fault:
      "the sync to the volume is interrupted at each of its steps, since the volume cannot be read or written",
    run: () => interruptAtEachStep("EIO"),
  },
  {
    fault: "two deployments bring different versions of a model at once",
    isQuick: true,
    run: bringTwoAtOnce,
  },
];

/** Lets the nth call of the file system fail, for every n there is. */
async function interruptAtEachStep(code: "ENOSPC" | "EIO") {
  let times = 0;
  for (let step = 1; ; step++) {
    const volume = newVolume();
    try {
      await sync(volume, 1);
      const failed = await failAt(step, code, () => sync(volume, 2));
      const served = await servedVersion(volume);
      hold(served === 1 || served === 2, `after step ${step} the volume serves ${served}`);
      if (!failed) return outcomeOf(times, code);
      times++;
      letLockExpire(path.join(volume, MODEL));
      await sync(volume, 2);
      hold(
        (await servedVersion(volume)) === 2,
        `the next sync after step ${step} does not serve the new version`,
      );
      const left = leftOver(volume);
      hold(left.length === 0, `after step ${step} and the next sync there is left ${left.join(", ")}`);
    } finally {
      fs.rmSync(volume, { recursive: true, force: true });
    }
  }
}

function outcomeOf(times: number, code: string) {
  return {
    gets: `the sync fails with ${code}, and is tried again`,
    next: "the next sync serves the new version",
    whole:
      "after each step the volume serves the old version or the new one, every byte; then no partial file is left",
    times,
  };
}

async function bringTwoAtOnce() {
  const rounds = 5;
  for (let round = 0; round < rounds; round++) {
    const volume = newVolume();
    try {
      await Promise.all([sync(volume, 1), sync(volume, 2), sync(volume, 3)]);
      const served = await servedVersion(volume);
      hold([1, 2, 3].includes(served ?? 0), `the volume serves ${served}`);
    } finally {
      fs.rmSync(volume, { recursive: true, force: true });
    }
  }
  return {
    gets: "each deployment succeeds",
    next: "the version of the last one is served",
    whole: "the volume serves one of them, every byte",
    times: rounds,
  };
}

/** Lets the 15 seconds pass for which a lock holds whose holder could not give it back. */
function letLockExpire(folder: string): void {
  for (const file of fs.readdirSync(folder)) {
    if (/^lock\.\d+$/.test(file)) fs.writeFileSync(path.join(folder, file), "0");
  }
}

function newVolume(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "paddock-volume-"));
}

async function sync(volume: string, version: number): Promise<void> {
  const objects = new MemoryObjects();
  objects.putModel(MODEL, filesOf(version));
  await syncModel({ objects, volume, model: MODEL, deadline: Date.now() + DEADLINE_MS, graceMs: 0 });
}

/** @returns  Whether there was such a step. */
async function failAt(step: number, code: string, work: () => Promise<unknown>): Promise<boolean> {
  let left = step;
  const real = { ...fsPromises };
  const functions = fsPromises as unknown as Record<string, unknown>;
  for (const name of STEPS) {
    functions[name] = (...args: never[]) => {
      if (--left !== 0) return (real[name] as (...args: never[]) => Promise<unknown>)(...args);
      return Promise.reject(Object.assign(new Error(`${code}: ${name}`), { code }));
    };
  }
  try {
    await work();
  } catch (error) {
    hold(
      `${error}`.includes(code) || `${(error as Error).cause}`.includes(code),
      `the sync fails with ${error}`,
    );
  } finally {
    Object.assign(fsPromises, real);
  }
  return left <= 0;
}

/** The version that the manifest names, if every byte of it is there. */
async function servedVersion(volume: string): Promise<number | undefined> {
  const folder = path.join(volume, MODEL);
  const manifest = await readManifest(folder);
  if (manifest === undefined) return undefined;
  for (const { path: file, sha256 } of manifest.files) {
    const bytes = fs.readFileSync(path.join(versionFolder(folder, manifest.version), file));
    hold(
      createHash("sha256").update(bytes).digest("hex") === sha256,
      `${file} is not the one that the manifest lists`,
    );
  }
  return fs.readFileSync(path.join(versionFolder(folder, manifest.version), "model.onnx"))[0];
}

/** Files that nobody will read. */
function leftOver(volume: string): string[] {
  const files = fs.readdirSync(path.join(volume, MODEL), { recursive: true, encoding: "utf8" });
  return files.filter(
    (file) => /(^|\/)partial\/|\.tmp/.test(file) && fs.statSync(path.join(volume, MODEL, file)).isFile(),
  );
}
