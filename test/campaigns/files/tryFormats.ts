import { BadFile } from "../../../functions/batch/rawRow";
import { HttpError } from "../../../functions/shared/errors";
import { BrokenModel } from "../../../functions/shared/modelStore/brokenModel";
import { FORMATS, type Format, TooManyElements } from "./formats";
import { mutateBytes } from "./mutateBytes";
import { Random } from "./random";

/** ms that a file of some kilobytes may take on a busy machine. */
const PATIENCE_MS = 20_000;

/** Findings of one format, after which it is left. */
const MAX_FINDINGS = 5;

/** The outcome of a format's files. */
export interface Tried {
  readonly format: string;
  taken: number;
  rejected: number;
  readonly findings: string[];
}

/**
 * Gives every parser files that were damaged.
 *
 * @param before  Called with each file's format and number, by which it is made again.
 */
export async function tryFormats(
  { seed, count }: { readonly seed: number; readonly count: number },
  before: (format: string, index: number) => void = () => {},
): Promise<Tried[]> {
  const whole = FORMATS.reduce((sum, { share }) => sum + share, 0);
  const all: Tried[] = [];
  for (const format of FORMATS) {
    const tried: Tried = { format: format.name, taken: 0, rejected: 0, findings: [] };
    all.push(tried);
    const corpus = await format.corpus();
    if (corpus.length === 0) throw new Error(`There is no file of the format ${format.name}`);
    const runs = Math.ceil((count * format.share) / whole);
    for (let index = 0; index < runs && tried.findings.length < MAX_FINDINGS; index++) {
      before(format.name, index);
      await tryOne(format, mutateBytes(corpus, new Random(seed * 1_000_003 + index)), index, tried);
    }
  }
  return all;
}

async function tryOne(format: Format, bytes: Buffer, index: number, tried: Tried): Promise<void> {
  const found = (what: string) =>
    tried.findings.push(`${format.name}, file ${index} (${bytes.length} bytes): ${what}`);
  const started = performance.now();
  try {
    await format.parse(bytes);
    tried.taken++;
  } catch (error) {
    if (isRejection(format, error)) tried.rejected++;
    else found((error as Error).stack?.split("\n").slice(0, 2).join(" ") ?? String(error));
  }
  const took = performance.now() - started;
  if (took > PATIENCE_MS) found(`takes ${Math.round(took)} ms`);
}

function isRejection({ anyError }: Format, error: unknown): boolean {
  const rejections = [BadFile, BrokenModel, TooManyElements];
  if (anyError || rejections.some((each) => error instanceof each)) return true;
  return error instanceof HttpError && error.status < 500;
}
