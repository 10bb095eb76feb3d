import type { Request } from "../shared/events";
import { lambda } from "../shared/lambda";
import { lazy } from "../shared/lazy";
import { log } from "../shared/log";
import { recordMetric } from "../shared/metrics";

/** A request to a shadow: that of an inference, and the version that answers it. */
export interface ShadowRequest {
  readonly model: string;
  /** The version that answers the caller. */
  readonly version: string;
  /** The version that is compared with it. */
  readonly shadow: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64. */
  readonly body: string;
  readonly isText: boolean;
  readonly charset: string | undefined;
}

/** The event of the function's own invocation. */
export interface ShadowEvent {
  readonly shadow: ShadowRequest;
}

export type SendShadow = (
  request: Request,
  versions: Pick<ShadowRequest, "model" | "version" | "shadow">,
) => void;

/**
 * Lambda's limit on an asynchronous event in bytes:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_EVENT_BYTES = 1024 * 1024;

/** Headers that say how the body is read. */
const HEADERS = ["content-encoding", "inference-header-content-length"];

/**
 * Creates what has a shadow asked, by an asynchronous invocation of this same function. Nobody waits for it: it is on its
 * way while the model runs, and Lambda may hold it back until the instance's next request. What is too large, or cannot be
 * sent, is counted and left out.
 */
export function shadowSender(functionName: string, qualifier: string): SendShadow {
  const requestHandler = { connectionTimeout: 2_000, socketTimeout: 8_000 };
  const client = lazy(() => new (lambda().LambdaClient)({ maxAttempts: 1, requestHandler }));
  return ({ body = Buffer.alloc(0), headers, isText, charset, fields }, versions) => {
    const leaveOut = (reason: string) => {
      recordMetric("ShadowsLeftOut");
      fields.shadow = `left out: ${reason}`;
    };
    const kept = Object.fromEntries(
      HEADERS.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])),
    );
    const shadow = { ...versions, headers: kept, isText, charset, body: body.toString("base64") };
    const event: ShadowEvent = { shadow: shadow as ShadowRequest };
    const payload = Buffer.from(JSON.stringify(event));
    if (payload.length > MAX_EVENT_BYTES) {
      leaveOut(`an event of ${payload.length} bytes; at most ${MAX_EVENT_BYTES} are taken`);
      return;
    }
    fields.shadow = versions.shadow;
    client()
      .send(
        new (lambda().InvokeCommand)({
          FunctionName: functionName,
          Qualifier: qualifier,
          InvocationType: "Event",
          Payload: payload,
        }),
      )
      .catch((error: unknown) => {
        recordMetric("ShadowsLeftOut");
        log("warn", { message: "The shadow was not asked", ...versions, error });
      });
  };
}
