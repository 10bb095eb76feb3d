const statuses = {
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  ExpiredToken: 400,
  InvalidToken: 400,
  InvalidURI: 400,
  XAmzContentSHA256Mismatch: 400,
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  MissingAuthenticationToken: 403,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
} as const;

export type SignatureErrorCode = keyof typeof statuses;

/** A request that is not signed as it must be; `code` and `status` are AWS's, so that each service can answer in its own form. */
export class SignatureError extends Error {
  readonly status: number;

  constructor(
    readonly code: SignatureErrorCode,
    message: string,
    /** S3's additions to the error, by the names of its elements. */
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = "SignatureError";
    this.status = statuses[code];
  }
}
