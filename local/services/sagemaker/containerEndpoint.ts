import { AwsError } from "../../http/awsError";
import type { ModelEndpoint } from "./modelEndpoint";

/** SageMaker's own: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html */
const TIMEOUT_MS = 60_000;

/**
 * An endpoint whose model is an inference container on this machine: requests go to its `/invocations`, as SageMaker
 * sends them.
 *
 * @param address  Of the container, e.g. `http://127.0.0.1:8080`.
 */
export function containerEndpoint(address: string, timeoutMs = TIMEOUT_MS): ModelEndpoint {
  const url = new URL("/invocations", address);
  return async ({ body, contentType, accept }) => {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": contentType, accept },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: Error) => {
      throw cause.name === "TimeoutError" ? timedOut() : unreachable(url);
    });
    const answer = Buffer.from(await response.arrayBuffer());
    if (!response.ok) throw errorOfResponse(response.status, answer.toString());
    return {
      body: answer,
      contentType: response.headers.get("content-type") ?? "application/octet-stream",
    };
  };
}

function errorOfResponse(status: number, message: string): AwsError {
  const fault = status < 500 ? "client" : "server";
  return modelError(`Received ${fault} error (${status}) from primary with message "${message}".`, {
    OriginalStatusCode: status,
    OriginalMessage: message,
  });
}

function timedOut(): AwsError {
  const message =
    "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.";
  return modelError(`Received server error (0) from primary with message "${message}"`, {
    OriginalStatusCode: 0,
    OriginalMessage: message,
  });
}

function unreachable(url: URL): AwsError {
  return new AwsError("ServiceUnavailable", 503, `No container answers at ${url}`);
}

function modelError(message: string, details: Readonly<Record<string, unknown>>): AwsError {
  return new AwsError("ModelError", 424, message, { details });
}
