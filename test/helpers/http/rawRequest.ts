import { request } from "node:http";

export interface RawResponse {
  readonly status: number;
  /** Lower-case names; a repeated header is a list. */
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** One HTTP request with exactly these header lines, which `fetch` would not send as they are. */
export function rawRequest(
  url: string,
  options: { method?: string; headers?: readonly (readonly [string, string])[]; body?: string | Buffer } = {},
): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  const path = url.slice(url.indexOf("/", "http://".length));
  return new Promise((resolve, reject) => {
    const body = Buffer.from(options.body ?? "");
    const own = options.headers ?? [];
    const isNamed = own.some(([name]) => name.toLowerCase() === "host");
    const headers = [...(isNamed ? [] : [["Host", `${hostname}:${port}`] as const]), ...own];
    if (body.length > 0) headers.push(["Content-Length", String(body.length)]);
    const call = request(
      { hostname, port, path, method: options.method ?? "GET", headers: headers.flat(), agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const lists: RawResponse["headers"] = {};
          for (const [name, values] of Object.entries(response.headersDistinct)) {
            lists[name] = values && values.length > 1 ? values : values?.[0];
          }
          resolve({ status: response.statusCode ?? 0, headers: lists, body: Buffer.concat(chunks) });
        });
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}
