import { PassThrough, type Readable } from "node:stream";
import { logicalName } from "../resources/logicalName";
import type { InvocationReport } from "../services/lambda/invocation";
import type { RequestReport } from "../services/lambda/requestReport";
import type { RequestDetail, RequestSummary } from "./apiTypes";

/** Requests that are kept; the oldest go first. */
const MAX_REQUESTS = 500;
/** Bytes of events, responses and logs that are kept in all. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Bytes of one event or response that are kept. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_LOG_LINES = 200;
/** Bytes that wait for one reader of the stream; one that takes nothing loses its connection. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

interface Kept {
  readonly summary: RequestSummary;
  /** Only where a function was invoked. */
  readonly exchange?: InvocationReport["exchange"];
  readonly bytes: number;
}

/** Keeps the last requests to the stack in bounded memory, and tells readers of each new one. */
export class RequestLog {
  readonly #kept = new Map<string, Kept>();
  readonly #readers = new Set<PassThrough>();
  #bytes = 0;
  #next = 1;

  add({ via, method, path, status, durationMs, functionName, invocation }: RequestReport): void {
    const summary: RequestSummary = {
      id: String(this.#next++),
      time: new Date().toISOString(),
      via,
      method,
      path: path.slice(0, 2_000),
      status,
      durationMs,
      ...(functionName !== undefined && { functionName: logicalName(functionName) }),
      ...(invocation && { invocation: invocationOf(invocation) }),
    };
    const kept = invocation && bounded(invocation.exchange);
    const bytes = kept ? kept.event.length + kept.response.length + lengthOf(kept.log) : 0;
    this.#kept.set(summary.id, { summary, exchange: kept, bytes });
    this.#bytes += bytes;
    this.#forget();
    for (const reader of this.#readers) this.#tell(reader, `${JSON.stringify(summary)}\n`);
  }

  /** A request with its event, response and log; `undefined` for one that is not kept any more. */
  find(id: string): RequestDetail | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    const { summary, exchange } = kept;
    if (exchange === undefined) return summary;
    return {
      ...summary,
      event: exchange.event.toString("utf8"),
      response: exchange.response.toString("utf8"),
      isCut: exchange.event.length === MAX_BODY_BYTES || exchange.response.length === MAX_BODY_BYTES,
      log: exchange.log,
    };
  }

  /** Lines of JSON: the requests that are kept, then each as it comes. */
  stream(): Readable {
    const reader = new PassThrough();
    this.#readers.add(reader);
    reader.once("close", () => this.#readers.delete(reader));
    reader.write(
      [...this.#kept.values()].map(({ summary }) => `${JSON.stringify(summary)}\n`).join("") || "\n",
    );
    return reader;
  }

  close(): void {
    for (const reader of this.#readers) reader.destroy();
    this.#readers.clear();
  }

  #tell(reader: PassThrough, line: string): void {
    if (reader.writableLength + reader.readableLength > MAX_WAITING_BYTES) reader.destroy();
    else reader.write(line);
  }

  #forget(): void {
    for (const [id, { bytes }] of this.#kept) {
      if (this.#kept.size <= MAX_REQUESTS && this.#bytes <= MAX_BYTES) return;
      this.#kept.delete(id);
      this.#bytes -= bytes;
    }
  }
}

/** The figures of an invocation. */
export function invocationOf(report: InvocationReport): NonNullable<RequestSummary["invocation"]> {
  const { requestId, version, status, initMs, durationMs, billedMs, memorySizeMb, maxMemoryUsedMb, error } =
    report;
  return {
    requestId,
    version,
    status,
    initMs,
    durationMs,
    billedMs,
    memorySizeMb,
    maxMemoryUsedMb,
    ...(error && { error: { type: error.errorType, message: error.errorMessage.slice(0, 1_000) } }),
  };
}

function bounded({ event, response, log }: InvocationReport["exchange"]): InvocationReport["exchange"] {
  const lines = log.slice(-MAX_LOG_LINES).map((line) => line.slice(0, 4_000));
  return { event: cut(event), response: cut(response), log: lines };
}

/** A part of a buffer keeps all of it: what is cut is copied. */
function cut(bytes: Buffer): Buffer {
  return bytes.length > MAX_BODY_BYTES ? Buffer.from(bytes.subarray(0, MAX_BODY_BYTES)) : bytes;
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
