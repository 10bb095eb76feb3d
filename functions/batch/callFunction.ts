import { setTimeout as sleep } from "node:timers/promises";
import { lambda } from "../shared/lambda";
import { lazy } from "../shared/lazy";
import { cut } from "../shared/shown";
import { statusOf } from "../shared/statusOf";

/** An endpoint's response, as its function URL would give it. */
export interface Called {
  readonly status: number;
  readonly body: string;
}

/** Calls the functions of endpoints. */
export interface FunctionCaller {
  /**
   * Sends an HTTP request to a function, as its function URL would. Throttles, and what the endpoint cannot do now, are
   * tried again within bounds.
   *
   * @param body  @default GET
   * @throws TimeUp  The run has no time left to wait.
   */
  call(functionArn: string, path: string, body?: string): Promise<Called>;
  /** Has a function run later, on an event. */
  later(functionArn: string, event: object): Promise<void>;
}

/** The run's time is over; another one continues. */
export class TimeUp extends Error {
  override readonly name = "TimeUp";
}

/** Lambda's limit on the event of a synchronous invocation, in bytes, less what is not the body. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024 - 4096;

/** Statuses after which the same request may be answered: nothing is wrong with it. */
const PASSING = [429, 503];

/** Tries of a request: `passing` ones wait as long as the endpoint says, `ended` are of functions that ended or failed. */
const TRIES = { passing: 8, ended: 2 };

/** ms. */
const [FIRST_WAIT, LONGEST_WAIT] = [500, 30_000];

/** ms: an endpoint takes up to 29 s. */
const SOCKET_TIMEOUT = 60_000;

export function functionCaller(remainingMs: () => number, reserveMs: number): FunctionCaller {
  const requestHandler = { connectionTimeout: 2_000, socketTimeout: SOCKET_TIMEOUT };
  // One attempt: a second one of an invocation that timed out would run it twice.
  const client = lazy(() => new (lambda().LambdaClient)({ maxAttempts: 1, requestHandler }));

  async function once(functionArn: string, payload: Buffer): Promise<Called & { retryAfter?: number }> {
    const command = new (lambda().InvokeCommand)({ FunctionName: functionArn, Payload: payload });
    try {
      const { FunctionError, Payload } = await client().send(command);
      const text = Buffer.from(Payload ?? []).toString("utf8");
      if (FunctionError !== undefined) return { status: 502, body: `The function ended: ${cut(text)}` };
      return readResponse(text);
    } catch (error) {
      const status = statusOf(error);
      if (status === 429 || status === 413) return { status, body: (error as Error).message };
      // The stack's own mistake: no row is to blame for it.
      if (status !== undefined && status < 500) throw error;
      return { status: 503, body: `Lambda does not answer: ${(error as Error).message}` };
    }
  }

  return {
    async call(functionArn, path, body) {
      const payload = Buffer.from(JSON.stringify(httpEvent(path, body)));
      if (payload.length > MAX_EVENT_BYTES) {
        return {
          status: 413,
          body: `The request has ${payload.length} bytes; at most ${MAX_EVENT_BYTES} are taken`,
        };
      }
      for (let tries = 1; ; tries++) {
        const called = await once(functionArn, payload);
        const most = PASSING.includes(called.status) ? TRIES.passing : called.status >= 500 ? TRIES.ended : 1;
        if (tries >= most) return called;
        const usual = FIRST_WAIT * 2 ** (tries - 1) * (0.5 + Math.random());
        const wait = Math.min(Math.max(usual, (called.retryAfter ?? 0) * 1000), LONGEST_WAIT);
        if (remainingMs() - wait < reserveMs) throw new TimeUp("The run has no time left to wait");
        await sleep(wait);
      }
    },

    async later(functionArn, event) {
      const Payload = Buffer.from(JSON.stringify(event));
      const command = new (lambda().InvokeCommand)({
        FunctionName: functionArn,
        InvocationType: "Event",
        Payload,
      });
      await client().send(command);
    },
  };
}

/** The event of a function URL, payload format 2.0: every endpoint takes it, and answers with headers. */
function httpEvent(rawPath: string, body: string | undefined): object {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const method = body === undefined ? "GET" : "POST";
  return {
    version: "2.0",
    rawPath,
    headers,
    requestContext: { http: { method } },
    body,
    isBase64Encoded: false,
  };
}

function readResponse(text: string): Called & { retryAfter?: number } {
  const { statusCode, headers, body } = JSON.parse(text) as {
    statusCode: number;
    headers?: Readonly<Record<string, string>>;
    body?: string;
  };
  const retryAfter = Number(headers?.["retry-after"] ?? 0);
  return { status: statusCode, body: body ?? "", ...(retryAfter > 0 && { retryAfter }) };
}
