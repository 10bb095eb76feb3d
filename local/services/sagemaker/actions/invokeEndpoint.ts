import { type HttpAnswer, type HttpRequest, headerValue } from "../../../http/httpMessage";
import type { ModelEndpoint } from "../modelEndpoint";
import { SageMakerError } from "../sageMakerError";

/** What a real-time endpoint takes: https://docs.aws.amazon.com/sagemaker/latest/dg/hosting-faqs.html */
export const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
export async function invokeEndpoint(endpoint: ModelEndpoint, request: HttpRequest): Promise<HttpAnswer> {
  if (request.tooLarge) {
    throw new SageMakerError(
      "ValidationError",
      400,
      `1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to ${MAX_PAYLOAD_BYTES}`,
    );
  }
  const { body, contentType } = await endpoint({
    body: request.body,
    contentType: headerValue(request.headers, "content-type") ?? "application/octet-stream",
    accept: headerValue(request.headers, "accept") ?? "*/*",
  });
  return {
    status: 200,
    headers: [
      ["content-type", contentType],
      ["x-Amzn-Invoked-Production-Variant", "AllTraffic"],
    ],
    body,
  };
}
