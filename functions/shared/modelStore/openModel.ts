import { stat } from "node:fs/promises";
import type { InferenceSession } from "onnxruntime-node";
import { createSession } from "../session";
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

/** Without arena and memory pattern a session of a small model takes a third less, and answers as fast. */
const LEAN: InferenceSession.SessionOptions = { enableCpuMemArena: false, enableMemPattern: false };

/** Weights beside the model stay in the file, mapped: prepacking would copy them. */
const MAPPED: InferenceSession.SessionOptions = { extra: { session: { disable_prepacking: "1" } } };

/**
 * Makes a session of a fetched model. Nothing of it is left behind, in memory or on disk, where that fails.
 *
 * @param maxBytes      Of memory the model may take.
 * @throws BrokenModel  It is no model, or larger than that.
 */
export async function openModel(key: string, fetched: FetchedModel, maxBytes: number): Promise<OpenModel> {
  if ("path" in fetched) return openFile(fetched.path, maxBytes);
  const { stream } = fetched;
  try {
    const spooled = isArchive(key) ? await readArchive(stream, maxBytes) : await spool(stream, maxBytes);
    try {
      const session = await createSession(spooled.model, LEAN).catch(refuse);
      // From a buffer a session keeps its bytes twice.
      const copies = typeof spooled.model === "string" ? 1 : 2;
      return { session, bytes: SESSION_BYTES + copies * spooled.bytes };
    } finally {
      await spooled.dispose();
    }
  } finally {
    stream.destroy();
  }
}

async function openFile(file: string, maxBytes: number): Promise<OpenModel> {
  const { size } = await stat(file);
  if (size > maxBytes) {
    throw new BrokenModel(
      `${file} has ${size} bytes, of which at most ${maxBytes} fit in memory: move its weights to external data`,
    );
  }
  return { session: await createSession(file, MAPPED).catch(refuse), bytes: SESSION_BYTES + size };
}

function refuse(cause: Error): never {
  throw new BrokenModel(`ONNX Runtime does not take it: ${cause.message}`, { cause });
}
