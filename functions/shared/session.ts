import { InferenceSession } from "onnxruntime-node";

/**
 * Opens an ONNX model.
 *
 * Each session has one thread: onnxruntime-node runs on the JavaScript thread, and with its default threads the
 * throughput of a cache of many sessions falls from thousands of requests a second to a hundred, because every release
 * waits for a spinning worker.
 *
 * @param model  Path of a file, or the bytes of a small model.
 * @param options  Overrides of the defaults.
 */
export function createSession(
  model: string | Uint8Array,
  options: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  const all: InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 3,
    ...options,
  };
  return typeof model === "string"
    ? InferenceSession.create(model, all)
    : InferenceSession.create(model, all);
}
