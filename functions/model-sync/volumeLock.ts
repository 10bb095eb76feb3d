import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { replaceFile } from "../shared/volume/replaceFile";

const POLL_MS = 200;

/** Milliseconds for which a lock is valid after its last renewal; others wait that long for a holder that died. */
const LEASE_MS = 15_000;
const RENEW_MS = 3_000;

/**
 * Runs `work` while no other caller that locks the same folder does, on this machine or another. EFS offers no lock
 * that Node.js can use, but creating a file is atomic.
 *
 * Locks are files `lock.<n>` that contain their expiry time; the highest number counts. To take the lock, a caller
 * creates the next number with its content in one step (a hard link), so that two callers cannot have the same number;
 * a lock whose holder died is skipped after its expiry. Only lower numbers are ever removed: a caller with an outdated
 * listing finds a higher number than the one it created, and gives up its own.
 *
 * @param waitUntil How long to wait for another holder, ms since the epoch.
 * @param work  Its signal aborts when the lock is lost, for example because the process was suspended for too long.
 * @throws Error  Another holder kept the lock for all that time.
 */
export async function withVolumeLock<T>(
  folder: string,
  waitUntil: number,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const lock = await acquire(folder, waitUntil);
  const lost = new AbortController();
  let renewing = Promise.resolve();
  let heldUntil = Date.now() + LEASE_MS;
  const timer = setInterval(() => {
    if (Date.now() >= heldUntil) {
      lost.abort(new Error(`The lock on ${folder} was lost: it was not renewed in time`));
      return;
    }
    const next = Date.now() + LEASE_MS;
    renewing = replace(lock, next).then(
      () => {
        heldUntil = next;
      },
      () => {}, // Tried again; if that does not help, the lock is lost.
    );
  }, RENEW_MS);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
    await renewing;
    if (Date.now() < heldUntil) await replace(lock, 0);
  }
}

async function acquire(folder: string, waitUntil: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  while (true) {
    const highest = Math.max(0, ...(await lockNumbers(folder)));
    const free = highest === 0 || (await heldUntil(lockFile(folder, highest))) <= Date.now();
    if (free && (await make(lockFile(folder, highest + 1), Date.now() + LEASE_MS))) {
      const numbers = await lockNumbers(folder);
      if (!numbers.some((number) => number > highest + 1)) {
        for (const number of numbers) {
          if (number <= highest) await rm(lockFile(folder, number), { force: true });
        }
        return lockFile(folder, highest + 1);
      }
      await rm(lockFile(folder, highest + 1), { force: true });
    }
    if (Date.now() + POLL_MS >= waitUntil) {
      throw new Error("Another copy of this model is under way, and did not end in time: try again later");
    }
    await sleep(POLL_MS);
  }
}

async function lockNumbers(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const number = /^lock\.(\d+)$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function lockFile(folder: string, number: number): string {
  return path.join(folder, `lock.${number}`);
}

/** Returns 0 for a lock that was removed in the meantime: a higher one has replaced it. */
async function heldUntil(file: string): Promise<number> {
  const until = Number(
    await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      // NFS, too, says that the file is gone. A lock that cannot be read for another reason may be held.
      if (error.code === "ENOENT" || error.code === "ESTALE") return "0";
      throw error;
    }),
  );
  // No holder writes anything but a time within its lease; a damaged file would keep everyone waiting.
  return until <= Date.now() + 2 * LEASE_MS ? until : 0;
}

/** Whether the lock file was created; `false` if another caller was faster. */
async function make(file: string, until: number): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, String(until));
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function replace(file: string, until: number): Promise<void> {
  return replaceFile(file, String(until));
}
