import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { InferenceSession } from "onnxruntime-node";
import { evaluator } from "../evaluator/lazyEvaluator";
import { explainLoadError } from "../onnx/explainLoadError";
import { isOutOfMemory } from "../onnx/isOutOfMemory";
import type { OnnxFacts } from "../onnx/onnxFacts";
import { readOnnx } from "../onnx/readOnnx";
import { createSession } from "../session";
import { asOnnx } from "../trees/asOnnx";
import { BrokenModel } from "./brokenModel";
import { isArchive } from "./isArchive";
import { archive } from "./lazyArchive";
import { LoadMark } from "./loadMark";
import { evaluatorRoom, sessionRoom } from "./modelRoom";
import type { FetchedModel } from "./modelSource";
import { type FileBeside, placeExternalFiles } from "./placeExternalFiles";
import { type SpooledModel, spool, tooLarge } from "./spool";

/** A loaded model. */
export interface OpenModel {
  readonly session: InferenceSession;
  /** Memory that it takes, as far as it can be estimated. */
  readonly bytes: number;
  /** Reads what the model's file says of itself. */
  facts(): OnnxFacts;
}

/** Memory for models. */
export interface Room {
  /** The most bytes of one model. */
  readonly maxBytes: number;
  /** Frees memory for a model of this size before it is loaded. */
  make(bytes: number): void;
}

/**
 * Functions that call functions can come to billions of nodes. ONNX Runtime puts them in place of their calls in time that
 * grows with the square: 16,000 nodes take seconds, 60,000 more than the endpoint has.
 */
const MAX_CALLED_NODES = 50_000;

/** Without arena and memory pattern, a session of a small model takes a third less memory and is as fast. */
const LEAN: InferenceSession.SessionOptions = { enableCpuMemArena: false, enableMemPattern: false };

/** Weights beside the model stay in the mapped file: prepacking would copy them. */
const MAPPED: InferenceSession.SessionOptions = { extra: { session: { disable_prepacking: "1" } } };

/**
 * Creates a session of a fetched model. If that fails, nothing remains in memory or on disk.
 *
 * @throws BrokenModel  It is not a model, exceeds the limit, or ended the process twice: the same bytes will never
 *   load.
 * @throws Error  It cannot be read or loaded now.
 */
export async function openModel(key: string, fetched: FetchedModel, room: Room): Promise<OpenModel> {
  if ("path" in fetched) return openFile(key, fetched, room);
  const { stream } = fetched;
  const transfer = watched(stream);
  try {
    new LoadMark(key, fetched.version).check();
    // Checked before the transfer if the source knows the size.
    if (!isArchive(key) && fetched.bytes > room.maxBytes) throw tooLarge(room.maxBytes);
    const spooled = isArchive(key)
      ? await archive().readArchive(Readable.from(transfer.chunks), room.maxBytes)
      : { ...(await spool(transfer.chunks, room.maxBytes)), beside: fetched.beside };
    return await openSpooled(key, fetched, spooled, room);
  } catch (error) {
    throw transfer.failure ?? error;
  } finally {
    stream.destroy();
  }
}

async function openSpooled(
  key: string,
  { version, evaluable }: { readonly version: string; readonly evaluable?: boolean },
  spooled: SpooledModel & { readonly beside: FileBeside | undefined },
  room: Room,
): Promise<OpenModel> {
  let model: SpooledModel = spooled;
  try {
    model = await asOnnx(spooled, room.maxBytes);
    const facts = readOnnx(model.model);
    if (facts.calledNodes > MAX_CALLED_NODES) {
      throw new BrokenModel(
        `Its functions come to more than ${MAX_CALLED_NODES} nodes: export it without them`,
      );
    }
    if (evaluable && typeof model.model !== "string") return openEvaluator(model.model, facts, room);
    const external = facts.externalFiles;
    if (external.length > 0) {
      model = await placeExternalFiles(model, external, spooled.beside, room.maxBytes);
    }
    const bytes = sessionRoom(model.bytes, typeof model.model === "string" ? 1 : 2);
    room.make(bytes);
    const options = external.length > 0 ? { ...LEAN, ...MAPPED } : LEAN;
    const session = await load(key, version, model.model, () => facts, options);
    return { session, bytes, facts: () => facts };
  } finally {
    await model.dispose();
  }
}

async function openFile(
  key: string,
  { version, path }: FetchedModel & { path: string },
  room: Room,
): Promise<OpenModel> {
  new LoadMark(key, version).check();
  const { size } = await stat(path);
  if (size > room.maxBytes) {
    throw new BrokenModel(
      `It has ${size} bytes, of which at most ${room.maxBytes} fit in memory: move its weights to external data, or raise the function's \`memorySize\``,
    );
  }
  const { model, bytes } = await asOnnx({ model: path, bytes: size, dispose: async () => {} }, room.maxBytes);
  const taken = sessionRoom(bytes, 1);
  room.make(taken);
  let read: OnnxFacts | undefined;
  const facts = () => {
    read ??= readOnnx(model);
    return read;
  };
  const session = await load(key, version, model, facts, MAPPED);
  return { session, bytes: taken, facts };
}

function load(
  key: string,
  version: string,
  model: Uint8Array | string,
  facts: () => OnnxFacts,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  return new LoadMark(key, version).around(() =>
    createSession(model, options).catch((cause: Error) => {
      if (isOutOfMemory(cause.message)) throw cause;
      throw new BrokenModel(explainLoadError(cause.message, facts()), { cause });
    }),
  );
}

/** Tells an interrupted transfer from a truncated archive, which look the same to the unpacker. */
function watched(stream: Readable) {
  const transfer: { readonly chunks: AsyncIterable<Uint8Array>; failure?: unknown } = { chunks: chunks() };
  const fail = (error: unknown) => {
    transfer.failure = error;
    throw error;
  };
  // Not `yield*`: errors of the consumer are thrown into it.
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

/** Its numbers are kept once, together with the operators that use them. */
function openEvaluator(model: Uint8Array, facts: OnnxFacts, room: Room): OpenModel {
  const bytes = evaluatorRoom(model.length);
  room.make(bytes);
  try {
    return { session: evaluator().createEvaluator(model), bytes, facts: () => facts };
  } catch (cause) {
    throw new BrokenModel(`It is marked for the evaluator, which cannot read it: push it again`, { cause });
  }
}
