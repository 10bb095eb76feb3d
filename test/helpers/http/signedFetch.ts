import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "./sha256";

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Signing {
  readonly credentials: SigningKey;
  readonly service: "lambda" | "execute-api" | "sts" | "dynamodb";
  /** @default "us-east-1" */
  readonly region?: string;
  /** @default now */
  readonly signingDate?: Date;
  /** @default "POST" */
  readonly method?: "GET" | "POST";
  /** Signed, too. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request signed by the AWS SDK's own signer. */
export async function signedFetch(
  address: string,
  body: string | Uint8Array | undefined,
  { credentials, service, region = "us-east-1", signingDate, method = "POST", headers: own }: Signing,
): Promise<Response> {
  const url = new URL(address);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, "content-type": "application/json", ...own },
      body,
    },
    { signingDate },
  );
  const { host, ...headers } = signed.headers;
  return fetch(address, { method, headers, body });
}
