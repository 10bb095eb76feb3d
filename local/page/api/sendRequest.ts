import { request as httpRequest } from "node:http";
import { AwsError } from "../../http/awsError";
import { endToEndHeaders, type HttpHeader } from "../../http/message";
import { signRequest } from "../../services/iam/sigv4/signRequest";
import type { Endpoint } from "../apiTypes";
import type { Stack } from "../stack";

export interface EndpointRequest {
  readonly method: string;
  /** Within the endpoint, with the query. @default "/" */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** @default the function URL, where there is one */
  readonly via?: "functionUrl" | "restApi";
}

export interface EndpointResponse {
  readonly status: number;
  readonly headers: readonly HttpHeader[];
  readonly body: Buffer;
}

/** Headers that are the connection's, or whose value is made here. */
const OWN = new Set(["host", "content-length", "authorization", "x-amz-date", "expect"]);

/**
 * Sends a request to an endpoint as any client would, signed where the endpoint asks for that.
 *
 * @throws AwsError  The endpoint has no such address, or does not answer.
 */
export function sendRequest(
  endpoint: Endpoint,
  { method, path = "/", headers = {}, body = Buffer.alloc(0), via }: EndpointRequest,
  { region, rootKey }: Stack,
): Promise<EndpointResponse> {
  const chosen = via ?? (endpoint.functionUrl === undefined ? "restApi" : "functionUrl");
  const base = chosen === "restApi" ? endpoint.restUrl : endpoint.functionUrl;
  if (base === undefined) {
    throw new AwsError("NotFound", 404, `The endpoint ${endpoint.name} has no ${chosen}.`);
  }
  if (method.toUpperCase() === "CONNECT") {
    throw new AwsError("BadRequest", 400, "CONNECT asks for a tunnel, which no endpoint is.");
  }
  const url = new URL(base.replace(/\/$/, "") + (path === "/" && chosen === "restApi" ? "" : path));
  const sent = Object.fromEntries(
    endToEndHeaders(Object.entries(headers)).filter(([name]) => !OWN.has(name.toLowerCase())),
  );
  const signed =
    endpoint.authorization === "AWS_IAM"
      ? signRequest(
          { method, url, body },
          { key: rootKey, region, service: chosen === "restApi" ? "execute-api" : "lambda" },
        )
      : {};
  return send(url, { method, headers: { ...sent, ...signed, "content-length": String(body.length) } }, body);
}

function send(
  url: URL,
  options: { readonly method: string; readonly headers: Record<string, string> },
  body: Buffer,
): Promise<EndpointResponse> {
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) =>
      reject(new AwsError("BadGateway", 502, `${url.origin} does not answer: ${cause.message}.`, { cause }));
    try {
      const outgoing = httpRequest(url, { ...options, agent: false }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("error", failed)
          .on("end", () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: pairs(incoming.rawHeaders),
              body: Buffer.concat(chunks),
            }),
          );
      });
      outgoing.on("error", failed).end(body);
    } catch (cause) {
      // Node.js rejects headers and methods that HTTP does not allow.
      const message = (cause as Error).message;
      reject(new AwsError("BadRequest", 400, `The request cannot be sent: ${message}.`, { cause }));
    }
  });
}

function pairs(rawHeaders: readonly string[]): HttpHeader[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ""] as const] : [],
  );
}
