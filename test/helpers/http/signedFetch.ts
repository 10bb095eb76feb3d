import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "./sha256";

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Signing {
  readonly credentials: SigningKey;
  readonly service: "lambda" | "execute-api";
  /** @default "us-east-1" */
  readonly region?: string;
  /** @default now */
  readonly signingDate?: Date;
}

/** A `POST` signed by the AWS SDK's own signer. */
export async function signedFetch(
  address: string,
  body: string,
  { credentials, service, region = "us-east-1", signingDate }: Signing,
): Promise<Response> {
  const url = new URL(address);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      headers: { host: url.host, "content-type": "application/json" },
      body,
    },
    { signingDate },
  );
  const { host, ...headers } = signed.headers;
  return fetch(address, { method: "POST", headers, body });
}
