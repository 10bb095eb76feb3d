import type { Call, Called, DescribedEndpoint, Endpoint, Uploaded } from "../apiTypes";

/** A call of an endpoint: as the API takes it, and bytes as a browser has them. */
export interface CallRequest extends Omit<Call, "bodyBase64"> {
  /** A string or bytes as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** Response of an endpoint. */
export interface CallResponse extends Omit<Called, "body" | "bodyBase64"> {
  /** Empty where the body is not text. */
  readonly body: string;
  /** Only where the body is not text. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** The page's server said no, or does not answer. */
export class ApiError extends Error {
  /** HTTP status; 0 where there was no response. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const NOT_RUNNING = "The local cloud does not answer. This page goes on by itself as soon as it runs again.";

export type Api = ReturnType<typeof createApi>;

/**
 * The API of the page's server.
 *
 * @param secret      Sent with each call.
 * @param onRejected  Called where it is not the server's secret.
 */
export function createApi(secret: string, onRejected: () => void) {
  const authorization = { authorization: `Bearer ${secret}` };

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...authorization, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(path, { ...init, headers }).catch((error: Error) => {
      if (error.name === "AbortError") throw error;
      throw new ApiError(0, NOT_RUNNING);
    });
    if (response.ok) return response;
    if (response.status === 401) onRejected();
    const body = (await response.json().catch(() => ({}))) as { message?: string };
    throw new ApiError(response.status, body.message ?? `The page's server answered ${response.status}.`);
  }

  const api = {
    async get<T>(path: string): Promise<T> {
      return (await send(path)).json();
    },

    async post<T>(path: string, body: unknown): Promise<T> {
      return (await send(path, { method: "POST", body: JSON.stringify(body) })).json();
    },

    async blob(path: string): Promise<Blob> {
      return (await send(path)).blob();
    },

    /** A file's content, and as what it is shown. */
    async content(path: string): Promise<{ as: string; size: number; blob: Blob }> {
      const response = await send(path);
      const { headers } = response;
      return {
        as: headers.get("x-shown-as") ?? "text",
        size: Number(headers.get("x-size")),
        blob: await response.blob(),
      };
    },

    /** Reads a stream of JSON lines until it ends or is aborted. @param take  Gets the lines that come together. */
    async lines<T>(path: string, take: (lines: readonly T[]) => void, signal: AbortSignal): Promise<void> {
      const { body } = await send(path, { signal });
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
      if (!reader) return;
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const lines = (rest + value).split("\n");
        rest = lines.pop() ?? "";
        take(lines.filter((line) => line !== "").map((line) => JSON.parse(line)));
      }
    },

    /** Names and addresses; quick. */
    endpoints: () => api.get<readonly Endpoint[]>("/api/endpoints"),

    /** An endpoint with what it says of itself; starts its function. */
    endpoint: (name: string) => api.get<DescribedEndpoint>(`/api/endpoints/${encodeURIComponent(name)}`),

    /** Sends a request to an endpoint; a status of its own, such as 400, is a response and no error. */
    async call({ body, ...request }: CallRequest): Promise<CallResponse> {
      const bytes = await bytesOf(body);
      const { bodyBase64, ...called } = await api.post<Called>("/api/call", {
        ...request,
        ...(bytes === undefined ? { body } : { bodyBase64: toBase64(bytes) }),
      });
      return {
        ...called,
        body: called.body ?? "",
        ...(bodyBase64 !== undefined && { bytes: fromBase64(bodyBase64) }),
      };
    },

    /** Puts a file to a presigned URL. @param onProgress  Gets the share that is sent, 0 to 1. */
    upload: (url: string, file: Blob, onProgress?: (share: number) => void) =>
      put("/api/upload", { "x-upload-url": url }, file, onProgress),

    /** Puts a file into a bucket, as the administrator. @param onProgress  Gets the share that is sent, 0 to 1. */
    putObject: (bucket: string, key: string, file: Blob, onProgress?: (share: number) => void) =>
      put(objectPath(bucket, key), {}, file, onProgress),

    /** Gets an object's bytes. */
    object: (bucket: string, key: string) => api.blob(objectPath(bucket, key)),
  };

  function put(
    path: string,
    headers: Readonly<Record<string, string>>,
    file: Blob,
    onProgress: (share: number) => void = () => {},
  ): Promise<Uploaded> {
    // `fetch` does not say how much of a body is sent.
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("PUT", path);
      for (const [name, value] of Object.entries({ ...authorization, ...headers })) {
        request.setRequestHeader(name, value);
      }
      request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
      request.onerror = () => reject(new ApiError(0, "The upload broke off."));
      // `null` where it is not JSON; an error thrown in here would leave the upload under way for ever.
      request.responseType = "json";
      request.onload = () => {
        const body: (Uploaded & { readonly message?: string }) | null = request.response;
        if (request.status === 200 && body !== null) resolve(body);
        else reject(new ApiError(request.status, body?.message ?? "The upload was rejected."));
      };
      request.send(file);
    });
  }

  return api;
}

function objectPath(bucket: string, key: string): string {
  return `/api/objects/${encodeURIComponent(bucket)}/${encodeURIComponent(key)}`;
}

async function bytesOf(body: unknown): Promise<Uint8Array | undefined> {
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer());
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return body instanceof Uint8Array ? body : undefined;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  // All at once would be more arguments than a call takes.
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
