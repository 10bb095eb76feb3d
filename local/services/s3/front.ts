import type { IncomingRequest, StreamedResponse } from "../../http/message";
import type { Body, Front } from "../../http/serve";
import { writeXml } from "../../http/writeXml";
import { SignatureError } from "../iam/sigv4/signatureError";
import { rejectParameters } from "./action";
import { postObject } from "./actions/postObject";
import { asS3Error, authenticate, isSigned } from "./authenticate";
import { Call, type S3Parts } from "./call";
import { corsHeaders, preflight } from "./cors";
import { expireObjects } from "./expireObjects";
import { injectFault } from "./injectFault";
import { findAction } from "./routes";
import { S3Error } from "./s3Error";
import { MissingData } from "./store/dataFiles";
import { requestIds, responseOf, type S3Response } from "./wire/response";
import { S3Request } from "./wire/s3Request";

/** The parts behind S3's address. */
export function s3Front(parts: S3Parts): Front {
  const respond = (response: S3Response, requestId: string): StreamedResponse =>
    responseOf({
      ...response,
      headers: {
        ...response.headers,
        ...requestIds(requestId),
        // Clients set their clocks by it.
        date: parts.options.now().toUTCString(),
        server: "AmazonS3",
      },
    });
  return {
    name: "s3",
    log: parts.options.log,
    // Requests signed for AWS's own hosts are served: only AWS says where those names lead.
    allowedHosts: [...(parts.options.allowedHosts ?? []), "amazonaws.com"],
    ownOriginsOnly: parts.options.ownOriginsOnly,
    fault: new S3Error("InternalError"),
    // Faults only: what S3 rejects gets its CORS headers, too.
    reject: (error, _request, requestId) => {
      const { body, ...response } = respond(errorResponse(error as S3Error, requestId), requestId);
      return { ...response, body: body as Buffer };
    },
    handle: async (incoming, body, requestId) =>
      respond(await respondTo(parts, incoming, body, requestId), requestId),
  };
}

async function respondTo(
  parts: S3Parts,
  incoming: IncomingRequest,
  body: Body,
  requestId: string,
): Promise<S3Response> {
  let cors: S3Response["headers"];
  try {
    const request = new S3Request(incoming, body);
    const bucket = request.bucket === undefined ? undefined : parts.store.find(request.bucket);
    cors = corsHeaders(request, bucket);
    if (request.method === "OPTIONS") return preflight(request, bucket);
    const subject = `${request.method} ${request.path}`;
    const done = await injectFault(parts.options.faults, subject, () => act(parts, request, requestId));
    return { ...done, headers: { ...cors, ...done.headers } };
  } catch (error) {
    const rejection = error instanceof SignatureError ? asS3Error(error) : (ofThisMachine(error) ?? error);
    if (!(rejection instanceof S3Error)) throw error;
    if (rejection.status >= 500)
      parts.options.log(`s3: ${incoming.method} ${incoming.rawPath}: ${rejection.message}`);
    const rejected = errorResponse(rejection, requestId);
    return { ...rejected, headers: { ...cors, ...rejected.headers } };
  }
}

async function act(parts: S3Parts, request: S3Request, requestId: string): Promise<S3Response> {
  const { store, options } = parts;
  const now = options.now();
  const isForm =
    request.method === "POST" && request.key === undefined && request.query("delete") === undefined;
  if (isForm && request.bucket !== undefined) return postObject(parts, request, requestId);
  // Whether a bucket is there is no secret on AWS.
  if (!isSigned(request) && request.bucket !== undefined) store.bucket(request.bucket);
  const { verified, caller } = await authenticate(request, options, now);
  const action = findAction(request);
  const bucket = request.bucket === undefined ? undefined : store.find(request.bucket);
  if (request.bucket !== undefined && !bucket && action.name !== "CreateBucket") store.bucket(request.bucket);
  checkOwner(request, options.accountId);
  rejectParameters(action, request);
  if (bucket) await expireObjects(bucket, now);
  return action.handle(new Call(request, requestId, verified, caller, parts));
}

/** @throws S3Error  AccessDenied: the bucket is not that account's. */
function checkOwner(request: S3Request, accountId: string): void {
  const owner = request.header("x-amz-expected-bucket-owner");
  if (owner === undefined || owner === accountId) return;
  if (/^\d{12}$/.test(owner)) throw new S3Error("AccessDenied");
  throw new S3Error("InvalidBucketOwnerAWSAccountID", {
    message: `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner.slice(0, 100)}]`,
  });
}

/** Turns a fault of this machine, not of the request, into an error of S3's that says what to do. */
function ofThisMachine(error: unknown): S3Error | undefined {
  if (error instanceof MissingData)
    return new S3Error("InternalError", { message: error.message, cause: error });
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOSPC" && code !== "EDQUOT") return undefined;
  return new S3Error("ServiceUnavailable", {
    message: "The disk with the local S3's data is full: free some space, and send the request again.",
    cause: error,
  });
}

function errorResponse({ code, status, message, details, headers }: S3Error, requestId: string): S3Response {
  const named = Object.fromEntries(headers);
  if (status === 304) return { status, headers: named };
  const content = {
    Code: code,
    Message: message,
    ...details,
    RequestId: requestIds(requestId)["x-amz-request-id"],
    HostId: requestId,
  };
  return {
    status,
    headers: named,
    body: writeXml("Error", content as Record<string, string>, { xmlns: "" }),
  };
}
