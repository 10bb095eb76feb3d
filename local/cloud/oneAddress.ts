import { AwsError } from "../http/awsError";
import { headerValue, type IncomingRequest } from "../http/message";
import { queryError } from "../http/queryProtocol";
import type { Front } from "../http/serve";

/** Services by the name that signatures have for them. */
export type Fronts = { readonly s3: Front } & Readonly<Record<string, Front>>;

/**
 * All services behind one address, `AWS_ENDPOINT_URL`. AWS tells them apart by their hosts; here the service does that a
 * request is signed for. What is not signed is S3's: forms, and the preflights of browsers.
 */
export function oneAddress(fronts: Fronts): Front {
  const unserved = otherService(fronts);
  const frontOf = (request: IncomingRequest): Front => {
    const service = signedService(request) ?? "s3";
    return (Object.hasOwn(fronts, service) ? fronts[service] : undefined) ?? unserved;
  };
  const { allowedHosts, ownOriginsOnly, log } = fronts.s3;
  const fault = new AwsError("InternalFailure", 500, "The local cloud failed; its log says why.");
  return {
    name: "one address",
    allowedHosts,
    ownOriginsOnly,
    log,
    fault,
    handle: (request, body, requestId) => frontOf(request).handle(request, body, requestId),
    reject(error, request, requestId) {
      const front = frontOf(request);
      return front.reject(error === fault ? front.fault : error, request, requestId);
    },
  };
}

/** The service that a request says to be signed for; `undefined` where it is not signed, or by Signature Version 2. */
function signedService({ headers, rawQuery }: IncomingRequest): string | undefined {
  const authorization = headerValue(headers, "authorization");
  const credential =
    authorization === undefined
      ? new URLSearchParams(rawQuery).get("X-Amz-Credential")
      : /\bCredential=([^,\s]+)/.exec(authorization)?.[1];
  return /\/([^/]+)\/aws4_request$/.exec(credential ?? "")?.[1];
}

/** Answers for the services of AWS's that are not served. */
function otherService(fronts: Fronts): Front {
  const isQuery = ({ headers }: IncomingRequest) =>
    headerValue(headers, "content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  return {
    ...fronts.s3,
    async handle(request) {
      const name = signedService(request)?.slice(0, 100);
      throw new AwsError(
        "NotImplemented",
        501,
        `The local cloud serves ${Object.keys(fronts).join(", ")} at this address, not ${name}: REST APIs and function URLs have addresses of their own.`,
      );
    },
    reject: (error, request, requestId) =>
      isQuery(request)
        ? queryError(error, "", requestId)
        : new AwsError(error.code, error.status, error.message, { details: { __type: error.code } }).toJson(
            "message",
          ),
  };
}
