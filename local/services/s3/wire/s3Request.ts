import type { IncomingMessage } from "node:http";
import { queryParameters } from "../../iam/sigv4/canonicalRequest";
import { S3Error } from "../s3Error";

/** S3's limit for a key, in bytes of UTF-8. */
const maxKeyBytes = 1024;

/** A request to S3 with its address taken apart (path style: `/bucket/key`). */
export class S3Request {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  private readonly parameters: ReadonlyMap<string, string>;
  /** What presigning moved from the headers to the query, by lower-case name. */
  private readonly hoisted: ReadonlyMap<string, string>;

  /** @param begin called when the body is first read, to let a client go on that waits for `100 Continue` */
  constructor(
    private readonly message: IncomingMessage,
    private readonly begin: () => void = () => undefined,
  ) {
    this.method = message.method ?? "GET";
    this.url = message.url ?? "/";
    const [path = "/", ...query] = this.url.split("?");
    const slash = path.indexOf("/", 1);
    this.bucket = decode(slash < 0 ? path.slice(1) : path.slice(1, slash)) || undefined;
    this.key = (slash >= 0 && decode(path.slice(slash + 1))) || undefined;
    this.parameters = new Map(queryParameters(query.join("?")));
    this.hoisted = new Map(
      [...this.parameters]
        .map(([name, value]) => [name.toLowerCase(), value] as const)
        .filter(([name]) => name.startsWith("x-amz-")),
    );
    if (this.key !== undefined && Buffer.byteLength(this.key) > maxKeyBytes) {
      throw new S3Error("KeyTooLongError", undefined, { MaxSizeAllowed: maxKeyBytes });
    }
  }

  get headers(): IncomingMessage["headersDistinct"] {
    return this.message.headersDistinct;
  }

  get remoteAddress(): string {
    return this.message.socket.remoteAddress ?? "127.0.0.1";
  }

  headerNames(): string[] {
    return [...Object.keys(this.message.headersDistinct), ...this.hoisted.keys()];
  }

  /** All values of a header; `undefined` where it is not there or empty. Presigned requests may have `x-amz-…` in the query instead. */
  header(name: string): string | undefined {
    return this.message.headersDistinct[name]?.join(",") || this.hoisted.get(name) || undefined;
  }

  /** A query parameter; `""` for one without a value. */
  query(name: string): string | undefined {
    return this.parameters.get(name);
  }

  parameterNames(): string[] {
    return [...this.parameters.keys()];
  }

  has(parameter: string): boolean {
    return this.parameters.has(parameter);
  }

  /** The body as it comes over the wire. Throws when the client goes away before its end. */
  async *body(): AsyncGenerator<Buffer> {
    this.begin();
    // Leaving early must not cut the connection: the client still has to read why.
    yield* this.message.iterator({ destroyOnReturn: false });
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidURI");
  }
}
