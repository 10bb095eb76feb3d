import { randomUUID } from "node:crypto";
import type { DiscardCondition } from "./eventQueue";
import type { Invoked } from "./invocation";

/** An event that Lambda gave up on. */
export interface DiscardedEvent {
  readonly requestId: string;
  readonly functionName: string;
  /** The ARN with the qualifier that was asked for, `$LATEST` where none was. */
  readonly functionArn: string;
  readonly condition: DiscardCondition;
  /** Attempts that ran. */
  readonly approximateInvokeCount: number;
  readonly requestPayload: Buffer;
  /** The last answer: the function's own, the status of a rejection, or none where it was not tried at all. */
  readonly response: Invoked | { readonly statusCode: 429 } | undefined;
}

/**
 * The record that Lambda keeps of an event that failed: a JSON document, and the key of its object where the
 * destination is a bucket. AWS's page shows the record of a function's error; that one of throttling has the status
 * alone, and one of no concurrency at all no response, is what others have seen.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function invocationRecord(event: DiscardedEvent, now = new Date()): { key: string; document: object } {
  const { requestId, functionName, functionArn, condition, approximateInvokeCount, response } = event;
  const timestamp = now.toISOString();
  const [day = ""] = timestamp.split("T");
  const second = timestamp.slice(0, "YYYY-MM-DDTHH:MM:SS".length).replaceAll(":", ".");
  return {
    key: `aws/lambda/async/${functionName}/${day.replaceAll("-", "/")}/${second}-${randomUUID()}`,
    document: {
      version: "1.0",
      timestamp,
      requestContext: { requestId, functionArn, condition, approximateInvokeCount },
      requestPayload: parse(event.requestPayload),
      ...(response && describe(response)),
    },
  };
}

function describe(response: NonNullable<DiscardedEvent["response"]>): object {
  const { statusCode } = response;
  if (!("payload" in response)) return { responseContext: { statusCode } };
  const { executedVersion, functionError, payload } = response;
  return {
    responseContext: { statusCode, executedVersion, functionError },
    responsePayload: parse(payload),
  };
}

/** Left out of the document where it is no JSON: a runtime may post anything. */
function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString("utf8"));
  } catch {
    return undefined;
  }
}
