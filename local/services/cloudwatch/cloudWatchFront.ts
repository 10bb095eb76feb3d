import { AwsError } from "../../http/awsError";
import type { Reach } from "../../http/checkHost";
import { type HttpRequest, headerValue, jsonResponse } from "../../http/message";
import type { Front } from "../../http/serve";
import { globalContext } from "../iam/context";
import type { IamService } from "../iam/iamService";
import { SignatureError } from "../iam/sigv4/signatureError";
import { signatureRejection } from "../iam/sigv4/signatureRejection";
import { describeAlarms } from "./actions/describeAlarms";
import type { CloudWatchService } from "./cloudWatchService";

export interface CloudWatchFrontOptions extends Reach {
  readonly service: CloudWatchService;
  readonly callers: Pick<IamService, "authorize" | "verify">;
  /** A line about a fault of the local cloud itself. */
  log(line: string): void;
}

/** Far more than any request has. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The prefix of `X-Amz-Target`, as CloudWatch's model names the service. */
const TARGET = "GraniteServiceVersion20100801.";

const ACTIONS = { DescribeAlarms: describeAlarms };

/** CloudWatch, as far as a client asks for alarms: AWS JSON 1.0, which the SDKs speak. */
export function cloudWatchFront({ service, callers, ...options }: CloudWatchFrontOptions): Front {
  return {
    name: "cloudwatch",
    ...options,
    fault: new AwsError("InternalServiceFault", 500, "The local CloudWatch failed; its log says why."),
    reject: (error) =>
      new AwsError(error.code, error.status, error.message, { details: { __type: error.code } }).toJson(
        "message",
      ),
    async handle(incoming, body) {
      const request = { ...incoming, ...(await body.read(MAX_BODY_BYTES)) };
      const name = (headerValue(request.headers, "x-amz-target") ?? "").slice(TARGET.length);
      await authorize(request, `cloudwatch:${name}`, callers);
      if (!Object.hasOwn(ACTIONS, name)) {
        throw new AwsError(
          "UnknownOperationException",
          400,
          `The local CloudWatch knows only ${Object.keys(ACTIONS).join(", ")}, not ${name.slice(0, 100)}.`,
        );
      }
      const response = ACTIONS[name as keyof typeof ACTIONS](objectIn(request.body), service);
      return jsonResponse(200, response, [["content-type", "application/x-amz-json-1.0"]]);
    },
  };
}

/** @throws AwsError  403 */
async function authorize(
  request: HttpRequest,
  action: string,
  callers: CloudWatchFrontOptions["callers"],
): Promise<void> {
  const caller = await callers.verify(request, "monitoring").catch((cause: unknown) => {
    if (!(cause instanceof SignatureError)) throw cause;
    const { type, message } = signatureRejection(cause);
    throw new AwsError(type, 403, message, { cause });
  });
  if (!caller) throw new AwsError("MissingAuthenticationToken", 403, "Missing Authentication Token");
  const { principal, userArn } = caller;
  const context = globalContext(caller, request.sourceIp);
  const decision = callers.authorize({ principal, sessionArn: userArn, action, resource: "*", context });
  if (decision === "allowed") return;
  throw new AwsError("AccessDenied", 403, `User: ${userArn} is not authorized to perform: ${action}`);
}

/** @throws AwsError  400 */
function objectIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body.toString() || "{}"));
  } catch (cause) {
    throw new AwsError("SerializationException", 400, "The request is not JSON", { cause });
  }
}
