import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { InferenceSession } from "onnxruntime-node";
import { createEvaluator } from "../evaluator/evaluator";
import { createSession } from "../session";
import { asOnnx } from "../trees/asOnnx";
import { BrokenModel } from "./brokenModel";
import { isArchive } from "./isArchive";
import type { FetchedModel } from "./modelSource";
import { readArchive } from "./readArchive";
import { spool } from "./spool";

/** A model ready to answer. */
export interface OpenModel {
  readonly session: InferenceSession;
  /** Memory it takes, as far as that can be told beforehand. */
  readonly bytes: number;
}

/** What a session takes beside its weights, by measurement of small models: 74 to 88 KiB. */
const SESSION_BYTES = 96 * 1024;

/** What the evaluator takes beside a model's numbers, by measurement of linear models. */
const EVALUATOR_BYTES = 10 * 1024;

/** Without arena and memory pattern a session of a small model takes a third less, and answers as fast. */
const LEAN: InferenceSession.SessionOptions = { enableCpuMemArena: false, enableMemPattern: false };

/** Weights beside the model stay in the file, mapped: prepacking would copy them. */
const MAPPED: InferenceSession.SessionOptions = { extra: { session: { disable_prepacking: "1" } } };

/**
 * Makes a session of a fetched model. Nothing of it is left behind, in memory or on disk, where that fails.
 *
 * @param maxBytes      Of memory the model may take.
 * @throws BrokenModel  It is no model, or larger than that: the same bytes will never do.
 * @throws Error        Why it cannot be read or loaded now.
 */
export async function openModel(key: string, fetched: FetchedModel, maxBytes: number): Promise<OpenModel> {
  if ("path" in fetched) return openFile(fetched.path, maxBytes);
  const { stream } = fetched;
  const transfer = watched(stream);
  try {
    const spooled = isArchive(key)
      ? await readArchive(Readable.from(transfer.chunks), maxBytes)
      : await spool(transfer.chunks, maxBytes);
    try {
      const { model, bytes } = await asOnnx(spooled, maxBytes);
      if (fetched.evaluable && typeof model !== "string") return openEvaluator(model);
      const session = await createSession(model, LEAN).catch(refuse);
      // From a buffer a session keeps its bytes twice.
      const copies = typeof model === "string" ? 1 : 2;
      return { session, bytes: SESSION_BYTES + copies * bytes };
    } finally {
      await spooled.dispose();
    }
  } catch (error) {
    throw transfer.failure ?? error;
  } finally {
    stream.destroy();
  }
}

/** Tells a transfer that broke off from an archive that does not go on: to who unpacks it they are the same. */
function watched(stream: Readable) {
  const transfer: { readonly chunks: AsyncIterable<Uint8Array>; failure?: unknown } = { chunks: chunks() };
  const fail = (error: unknown) => {
    transfer.failure = error;
    throw error;
  };
  // Not `yield*`: what fails further on is thrown into it.
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const incoming = stream[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await incoming.next().catch(fail);
      if (done) return;
      yield value;
    }
  }
  return transfer;
}

/** Its numbers are kept once, and what works with them. */
function openEvaluator(model: Uint8Array): OpenModel {
  try {
    return { session: createEvaluator(model), bytes: EVALUATOR_BYTES + model.length };
  } catch (cause) {
    throw new BrokenModel(`It is marked for the evaluator, which cannot read it: push it again`, { cause });
  }
}

async function openFile(file: string, maxBytes: number): Promise<OpenModel> {
  const { size } = await stat(file);
  if (size > maxBytes) {
    throw new BrokenModel(
      `${file} has ${size} bytes, of which at most ${maxBytes} fit in memory: move its weights to external data`,
    );
  }
  const { model, bytes } = await asOnnx({ model: file, bytes: size, dispose: async () => {} }, maxBytes);
  return { session: await createSession(model, MAPPED).catch(refuse), bytes: SESSION_BYTES + bytes };
}

function refuse(cause: Error): never {
  if (/bad_alloc|allocate/.test(cause.message)) throw cause; // Of memory there may be more another time.
  throw new BrokenModel(`ONNX Runtime does not take it: ${cause.message}`, { cause });
}
