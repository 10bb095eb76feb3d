import type { AwsError } from "./awsError";
import type { HttpResponse } from "./message";
import { writeXml, type XmlElements } from "./writeXml";

/** A response of AWS's query protocol: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function queryResponse(
  action: string,
  result: XmlElements,
  xmlns: string,
  requestId: string,
): HttpResponse {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } };
  return xmlResponse(200, writeXml(`${action}Response`, content, { xmlns }), requestId);
}

/** An error of it. */
export function queryError(error: AwsError, xmlns: string, requestId: string): HttpResponse {
  const { code, status, message } = error;
  const content = {
    Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message },
    RequestId: requestId,
  };
  return xmlResponse(status, writeXml("ErrorResponse", content, { xmlns }), requestId);
}

function xmlResponse(status: number, body: string, requestId: string): HttpResponse {
  return {
    status,
    headers: [
      ["content-type", "text/xml"],
      ["x-amzn-RequestId", requestId],
    ],
    body: Buffer.from(body),
  };
}
