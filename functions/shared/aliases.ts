import { hash } from "node:crypto";
import {
  array,
  check,
  type InferOutput,
  maxLength,
  maxValue,
  minValue,
  number,
  object,
  optional,
  pipe,
  regex,
  string,
} from "valibot";
import { modelFolder } from "./modelKeys";

/** Bytes of an `aliases.json`; one with a full history has a tenth of this. */
export const MAX_ALIASES_BYTES = 64 * 1024;

/** Changes that an `aliases.json` remembers. */
export const MAX_CHANGES = 50;

const version = () => pipe(string("must be a string"), regex(/^\d{1,18}$/, "must be a whole number"));

const served = {
  live: version(),
  canary: optional(
    object(
      {
        version: version(),
        percent: pipe(
          number("must be a number"),
          minValue(0, "must be 0 to 100"),
          maxValue(100, "must be 0 to 100"),
        ),
        header: optional(
          pipe(
            string("must be a string"),
            regex(/^[a-z0-9-]{1,64}$/, "must be a header's name in lower case"),
          ),
        ),
      },
      "must be an object",
    ),
  ),
  /** Asked for every request that the aliases decide on, and compared; nobody gets its answers. */
  shadow: optional(version()),
};

const text = () => pipe(string("must be a string"), maxLength(200, "must have at most 200 characters"));

/** `models/<name>/aliases.json`: which versions of a model answer. */
export const aliases = pipe(
  object(
    {
      ...served,
      /** The versions that were live before, the oldest first. */
      history: optional(
        pipe(
          array(object({ at: text(), by: text(), ...served }, "must be an object"), "must be an array"),
          maxLength(MAX_CHANGES, `must have at most ${MAX_CHANGES} changes`),
        ),
      ),
    },
    "must be an object",
  ),
  check(({ live, canary }) => canary?.version !== live, "`canary` must be another version than `live`"),
);

export type Aliases = InferOutput<typeof aliases>;

export function aliasesKey(name: string): string {
  return `${modelFolder(name)}aliases.json`;
}

/**
 * Chooses the version that answers a request: the canary for its share, otherwise the live one. The share is sticky by
 * the header that the file names; without the header, or the name of one, each request is at random.
 */
export function chooseVersion(
  name: string,
  { live, canary }: Aliases,
  headers: Readonly<Record<string, string>>,
): string {
  if (canary === undefined) return live;
  const sticky = canary.header === undefined ? undefined : headers[canary.header];
  const place = sticky === undefined ? Math.random() : placeOf(`${name}\n${sticky}`);
  return place * 100 < canary.percent ? canary.version : live;
}

/** A number from 0 to below 1 that depends on a text, evenly. */
function placeOf(text: string): number {
  return Number.parseInt(hash("sha256", text).slice(0, 8), 16) / 2 ** 32;
}
