import type { IssuedKey } from "../services/iam/accessKeyRing";

/** How a client of AWS's reaches the local cloud. */
export interface Access {
  readonly key: IssuedKey;
  readonly region: string;
  /** The one address for all services. */
  readonly endpoint: unknown;
}

/**
 * Command lines for a shell, after which AWS's own command line and the SDKs work on the local cloud as the administrator.
 * They change the shell's environment only: nothing of a person's own `~/.aws`. Other addresses of services, which would go
 * before the one for all, are taken away.
 */
export function exportLines({ key, region, endpoint }: Access): string[] {
  return [
    // One line, which a script can find.
    `export AWS_ACCESS_KEY_ID=${key.accessKeyId} AWS_SECRET_ACCESS_KEY=${key.secretAccessKey} AWS_SESSION_TOKEN=`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region} AWS_ENDPOINT_URL=${endpoint}`,
    "unset AWS_PROFILE AWS_ENDPOINT_URL_S3 AWS_ENDPOINT_URL_LAMBDA \\",
    "  AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME AWS_ENDPOINT_URL_STS",
  ];
}
