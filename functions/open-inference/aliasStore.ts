import { buffer } from "node:stream/consumers";
import { type Aliases, aliases, aliasesKey, MAX_ALIASES_BYTES } from "../shared/aliases";
import { NotFound, Unprocessable } from "../shared/errors";
import { log } from "../shared/log";
import type { ObjectStore } from "../shared/objectStore";
import { validate } from "../shared/validate";

/** Names are the callers': the oldest are forgotten, which costs a request to S3. */
const MAX_NAMES = 500;

interface KnownAliases {
  readonly at: number;
  readonly aliases: Promise<Aliases | undefined>;
}

/**
 * Reads which versions of a model answer, at most every `checkSeconds`. The last `aliases.json` that could be read goes on
 * being followed while a newer one is broken or the bucket does not respond.
 *
 * @returns  A function that gives a model's aliases; `undefined` where it has no such file.
 */
export function aliasStore(
  objects: ObjectStore,
  checkSeconds: number,
): (name: string) => Promise<Aliases | undefined> {
  const known = new Map<string, KnownAliases>();

  async function read(name: string, last: Promise<Aliases | undefined> | undefined) {
    try {
      return await readAliases(objects, name);
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      const before = await last?.catch(() => undefined);
      if (before === undefined) throw error;
      log("warn", { message: "aliases.json cannot be read: the last one is followed", model: name, error });
      return before;
    }
  }

  return (name) => {
    const entry = known.get(name);
    if (entry && performance.now() - entry.at < checkSeconds * 1000) return entry.aliases;
    const found = read(name, entry?.aliases);
    known.delete(name);
    known.set(name, { at: performance.now(), aliases: found });
    found.catch(() => known.delete(name));
    const [oldest] = known.keys();
    if (known.size > MAX_NAMES && oldest !== undefined) known.delete(oldest);
    return found;
  };
}

/** @throws Unprocessable  The file is too large, not JSON, or does not fit its schema. */
async function readAliases(objects: ObjectStore, name: string): Promise<Aliases | undefined> {
  const key = aliasesKey(name);
  const object = await objects.get(key);
  if (object === undefined) return undefined;
  const { body, bytes } = object;
  try {
    if (bytes > MAX_ALIASES_BYTES) {
      throw new Error(`it has ${bytes} bytes, at most ${MAX_ALIASES_BYTES} are taken`);
    }
    return validate(aliases, JSON.parse((await buffer(body)).toString()));
  } catch (cause) {
    throw new Unprocessable(
      `${key} cannot be followed: ${(cause as Error).message}; write it with \`npm run model -- alias ${name} live=VERSION\``,
      { cause },
    );
  } finally {
    body.destroy();
  }
}
