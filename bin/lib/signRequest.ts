import { S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import type { CredentialScope } from "./credentialScope";
import type { S3Access } from "./s3AccessOf";

/** A request to sign. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/**
 * Signs a request with Signature Version 4.
 *
 * @param access   Credentials and region to sign with. @default those that the AWS CLI would use
 * @returns        Its headers, without `host`, which `fetch` writes itself.
 * @throws Error   No credentials or region are found.
 */
export async function signRequest(
  { method, url, headers = {}, body }: UnsignedRequest,
  { service, region }: CredentialScope,
  access: S3Access,
): Promise<Record<string, string>> {
  // The SDK's client finds credentials, region and hash, as it does for its own requests.
  const { config } = new S3Client(access);
  const credentials = await config.credentials().catch((cause: Error) => {
    throw new Error(
      `${url.origin} takes signed requests only, and there are no AWS credentials to sign with: ${cause.message}. \`aws sts get-caller-identity\` shows what is found.`,
      { cause },
    );
  });
  const signer = new SignatureV4({
    service,
    region: region ?? (await config.region().catch(rejectRegion)),
    credentials,
    sha256: config.sha256,
  });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    body,
  });
  const { host, ...rest } = signed.headers;
  return rest;
}

function rejectRegion(cause: Error): never {
  throw new Error("There is no AWS region to sign for: set AWS_REGION, or a profile's `region`.", { cause });
}
