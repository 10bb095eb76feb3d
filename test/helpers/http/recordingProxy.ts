import http from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "./listen";

/** A body as text, or in base64 where it is not UTF-8. */
export type RecordedBody = { readonly text: string } | { readonly base64: string };

/** One request as a client sent it, and the response it got. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: RecordedBody;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: RecordedBody;
  };
}

export interface RecordingProxy {
  /** `127.0.0.1:port`, in front of the target. */
  readonly host: string;
  readonly exchanges: readonly Exchange[];
}

/** Headers of a response that do not change from one connection, or one request, to the next. */
const KEPT = ["content-type", "inference-header-content-length", "allow"];

/** Stands in front of a server and keeps what passes. */
export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const server = http.createServer(async (incoming, outgoing) => {
    try {
      const body = await buffer(incoming);
      const { method = "", url: path = "", headers } = incoming;
      const response = await send(new URL(path, target), method, headers, body);
      exchanges.push({
        request: { method, path, headers: strings(headers), body: recordedBody(body) },
        response: {
          status: response.status,
          headers: Object.fromEntries(
            Object.entries(strings(response.headers)).filter(([name]) => KEPT.includes(name)),
          ),
          body: recordedBody(response.body),
        },
      });
      outgoing.writeHead(response.status, response.headers).end(response.body);
    } catch (error) {
      outgoing.destroy(error as Error);
    }
  });
  const address = await listen(server);
  return {
    host: new URL(address).host,
    exchanges,
  };
}

export function recordedBody(bytes: Buffer): RecordedBody {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? { text } : { base64: bytes.toString("base64") };
}

async function send(url: URL, method: string, headers: http.IncomingHttpHeaders, body: Buffer) {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.request(url, { method, headers }, resolve).once("error", reject).end(body);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}

function strings(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
