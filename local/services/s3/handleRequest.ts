import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { SignatureError } from "../iam/sigv4/signatureError";
import { asS3Error, authenticate } from "./authenticate";
import { Call } from "./call";
import { corsHeaders, preflight } from "./cors";
import { expireObjects } from "./expireObjects";
import { findAction } from "./findAction";
import type { Notifier } from "./notifier";
import { S3Error } from "./s3Error";
import type { S3Options } from "./s3Options";
import type { BucketStore } from "./store/bucketStore";
import type { S3Store } from "./store/s3Store";
import type { Answer } from "./wire/answer";
import { S3Request } from "./wire/s3Request";
import { sendAnswer } from "./wire/sendAnswer";
import { writeXml } from "./wire/writeXml";

/** Answers one request, whatever happens. */
export async function handleRequest(
  s3: { readonly store: S3Store; readonly options: S3Options; readonly notifier: Notifier },
  message: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): Promise<void> {
  const requestId = randomBytes(8).toString("hex").toUpperCase();
  let cors: Answer["headers"];
  let answer: Answer;
  try {
    const request = new S3Request(message, expectsContinue ? () => response.writeContinue() : undefined);
    const bucket = request.bucket === undefined ? undefined : s3.store.find(request.bucket);
    cors = corsHeaders(request, bucket);
    answer =
      request.method === "OPTIONS" ? preflight(request, bucket) : await act(s3, request, requestId, bucket);
  } catch (error) {
    if (message.destroyed && !message.complete) return;
    answer = errorAnswer(error, message, requestId, s3.options);
  }
  const headers = {
    ...cors,
    ...answer.headers,
    "x-amz-request-id": requestId,
    "x-amz-id-2": requestId,
    // Clients set their clocks by it.
    date: (s3.options.now?.() ?? new Date()).toUTCString(),
    server: "AmazonS3",
  };
  await sendAnswer(response, { ...answer, headers }, message.method === "HEAD");
}

async function act(
  { store, options, notifier }: { store: S3Store; options: S3Options; notifier: Notifier },
  request: S3Request,
  requestId: string,
  bucket: BucketStore | undefined,
): Promise<Answer> {
  const now = options.now?.() ?? new Date();
  const { verified, caller } = await authenticate(request, options.accessKeys, now);
  const action = findAction(request);
  if (request.bucket !== undefined && !bucket) store.bucket(request.bucket);
  const owner = request.header("x-amz-expected-bucket-owner");
  if (owner !== undefined && owner !== options.accountId) throw new S3Error("AccessDenied");
  if (bucket) await expireObjects(bucket, now);
  return action(new Call(request, requestId, verified, caller, store, options, notifier));
}

function errorAnswer(
  error: unknown,
  message: IncomingMessage,
  requestId: string,
  options: S3Options,
): Answer {
  const refusal = error instanceof SignatureError ? asS3Error(error) : error;
  if (!(refusal instanceof S3Error)) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    options.log(`s3: ${message.method} ${message.url} failed (request ${requestId}): ${cause}`);
    return errorAnswer(new S3Error("InternalError"), message, requestId, options);
  }
  const { code, status, details, headers } = refusal;
  if (status === 304) return { status, headers };
  const [path] = (message.url ?? "/").split("?");
  const content = {
    Code: code,
    Message: refusal.message,
    ...details,
    Resource: path,
    RequestId: requestId,
    HostId: requestId,
  };
  return { status, headers, body: writeXml("Error", content, { xmlns: "" }) };
}
