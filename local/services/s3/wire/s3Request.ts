import type { IncomingRequest } from "../../../http/message";
import type { Body } from "../../../http/serve";
import { queryParameters } from "../../iam/sigv4/canonicalRequest";
import { S3Error } from "../s3Error";
import { decodeWords } from "./encodedWord";

/** S3's limit for a key, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/** A request to S3 with its address taken apart: the bucket is in the path (`/bucket/key`) or in the host. */
export class S3Request {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly path: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Whether the host names the bucket. */
  readonly isVirtualHosted: boolean;
  readonly sourceIp: string;
  /** Keyed by lower-case name; a list, since a header may come more than once. Bytes as Latin-1. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly #parameters: ReadonlyMap<string, string>;
  /** The headers that presigning moved to the query, by lower-case name. */
  readonly #hoisted: ReadonlyMap<string, string>;
  readonly #body: Body;

  constructor(incoming: IncomingRequest, body: Body) {
    this.method = incoming.method;
    this.path = incoming.rawPath;
    this.url = incoming.rawQuery === "" ? this.path : `${this.path}?${incoming.rawQuery}`;
    this.sourceIp = incoming.sourceIp;
    this.headers = byName(incoming);
    this.#body = body;
    this.#parameters = new Map(queryParameters(incoming.rawQuery));
    this.#hoisted = new Map(
      [...this.#parameters]
        .map(([name, value]) => [name.toLowerCase(), value] as const)
        .filter(([name]) => /^(x-amz-|if-)/.test(name)),
    );
    const hosted = hostedBucket(this.header("host") ?? "");
    this.isVirtualHosted = hosted !== undefined;
    const slash = hosted === undefined ? this.path.indexOf("/", 1) : 0;
    this.bucket = hosted ?? (decode(slash < 0 ? this.path.slice(1) : this.path.slice(1, slash)) || undefined);
    this.key = (slash >= 0 && decode(this.path.slice(slash + 1))) || undefined;
    if (this.key !== undefined && Buffer.byteLength(this.key) > MAX_KEY_BYTES) {
      throw new S3Error("KeyTooLongError", {
        details: { Size: Buffer.byteLength(this.key), MaxSizeAllowed: MAX_KEY_BYTES },
      });
    }
  }

  /** All values of a header; `undefined` if it is missing or empty. Presigned requests may have `x-amz-…` in the query instead. */
  header(name: string): string | undefined {
    return this.#sent(name)?.join(",") || this.#hoisted.get(name) || undefined;
  }

  /** Whether a header was sent at all. */
  hasHeader(name: string): boolean {
    return this.#sent(name) !== undefined || this.#hoisted.has(name);
  }

  /** Headers whose names begin so, as text, with encoded words decoded: names without the prefix. */
  headersWith(prefix: string): [name: string, value: string][] {
    return this.allHeaders(prefix).map(([name, value, isHoisted]) => [
      name.slice(prefix.length),
      decodeWords(isHoisted ? value : fromBytes(value)),
    ]);
  }

  /** Headers whose names begin so, those that presigning moved to the query among them. */
  allHeaders(prefix: string): [name: string, value: string, isHoisted: boolean][] {
    const sent = Object.entries(this.headers).map(
      ([name, values]) => [name, values.join(","), false] as const,
    );
    const hoisted = [...this.#hoisted].map(([name, value]) => [name, value, true] as const);
    return [...sent, ...hoisted]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value, isHoisted]) => [name, value, isHoisted]);
  }

  /** A query parameter; `""` for one without a value. */
  query(name: string): string | undefined {
    return this.#parameters.get(name);
  }

  /** A query parameter that has a value. */
  queryValue(name: string): string | undefined {
    return this.#parameters.get(name) || undefined;
  }

  parameterNames(): string[] {
    return [...this.#parameters.keys()];
  }

  /** The body as it comes over the wire. Throws when the client goes away before its end. */
  body(): AsyncIterable<Buffer> {
    return this.#body.stream();
  }

  #sent(name: string): readonly string[] | undefined {
    return Object.hasOwn(this.headers, name) ? this.headers[name] : undefined;
  }
}

function byName({ headers }: IncomingRequest): Readonly<Record<string, readonly string[]>> {
  const named: Record<string, string[]> = Object.create(null);
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    named[key] = [...(named[key] ?? []), value];
  }
  return named;
}

/** Hosts below which buckets have names of their own: this machine's, and AWS's for requests that were signed for it. */
const HOSTED = /^(.+)\.(?:localhost|s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com)(?::\d+)?$/;

function hostedBucket(host: string): string | undefined {
  return HOSTED.exec(host)?.[1];
}

/** A header's text: UTF-8 if its bytes are, else Latin-1. */
function fromBytes(latin1: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(latin1, "latin1"));
  } catch {
    return latin1;
  }
}

/** Decodes a part of the path. A lone surrogate is not UTF-8, and thereby rejected. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new S3Error("InvalidURI", { cause });
  }
}
