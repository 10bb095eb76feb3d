import {
  BadGateway,
  GatewayTimeout,
  type HttpError,
  PayloadTooLarge,
  ServiceUnavailable,
} from "../../shared/errors";

/** An error of the SDK, as far as it is looked at. */
interface SdkError extends Error {
  /** The code of Node.js's own errors, such as `ECONNREFUSED`. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** The container's status, in a `ModelError`. */
  readonly OriginalStatusCode?: number;
}

/** The SDK's names for a request that took too long, besides our own signal's. */
const TIMEOUTS = ["AbortError", "TimeoutError", "ETIMEDOUT", "ECONNABORTED"];

/**
 * Errors that pass by themselves:
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html#API_runtime_InvokeEndpoint_Errors
 */
const LATER = ["ThrottlingException", "ModelNotReadyException", "ServiceUnavailable"];

/**
 * A SageMaker endpoint's failure as the contract has it, by its name. What AWS says beyond that has account and log
 * stream in it: it stays the cause, for the log.
 */
export function endpointRejection(error: unknown, endpointName: string): HttpError {
  const cause = error as SdkError;
  const status = cause.$metadata?.httpStatusCode;
  const name = cause.name === "Error" ? (cause.code ?? cause.name) : cause.name;
  const byModel =
    cause.OriginalStatusCode === undefined ? "" : `, its model answered ${cause.OriginalStatusCode}`;
  const failed = `The SageMaker endpoint ${endpointName} failed: ${name}${byModel}`;

  if (TIMEOUTS.includes(name) || timedOut(cause)) {
    return new GatewayTimeout(`The SageMaker endpoint ${endpointName} did not answer in time: ${name}`, {
      cause,
    });
  }
  if (status === 413 || cause.OriginalStatusCode === 413 || tooLarge(cause)) {
    return new PayloadTooLarge(
      `The SageMaker endpoint ${endpointName} takes no payload this large (${name}); upload a smaller scene`,
      { cause },
    );
  }
  if (LATER.includes(name) || status === 429 || status === 503) {
    return new ServiceUnavailable(failed, { cause });
  }
  return new BadGateway(failed, { cause });
}

/** SageMaker has no code for a container that takes longer than its 60 s. */
function timedOut({ name, message }: SdkError): boolean {
  return name === "ModelError" && /timed out/i.test(message);
}

/** Nor for a body over the quota: a validation error, which is also what an endpoint is that does not exist. */
function tooLarge({ name, message }: SdkError): boolean {
  return (
    /^Validation(Error|Exception)$/.test(name) &&
    /payload|body|length less than or equal|size|too large/i.test(message)
  );
}
