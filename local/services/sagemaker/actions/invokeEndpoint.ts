import { AwsError } from "../../../http/awsError";
import { type HttpRequest, type HttpResponse, headerValue } from "../../../http/message";
import type { ModelEndpoint } from "../modelEndpoint";

/**
 * The largest payload that a real-time endpoint takes:
 * https://docs.aws.amazon.com/sagemaker/latest/dg/hosting-faqs.html
 */
export const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
export async function invokeEndpoint(endpoint: ModelEndpoint, request: HttpRequest): Promise<HttpResponse> {
  if (request.tooLarge) {
    throw new AwsError(
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
