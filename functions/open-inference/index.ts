import { numberBetween, optional, readEnv, required } from "../shared/env";
import type { LambdaContext } from "../shared/events";
import { createHandler } from "../shared/handler";
import { lazy } from "../shared/lazy";
import { bucketSource } from "../shared/modelStore/bucketSource";
import { modelStoreFromEnv } from "../shared/modelStore/modelStoreFromEnv";
import { objectStore } from "../shared/objectStore";
import { s3 } from "../shared/s3";
import { bucketRepository } from "./bucketRepository";
import { compareShadow, isShadowEvent } from "./compareShadow";
import type * as Description from "./describeRepository";
import card from "./model/card.json";
import { protocol, protocolRejection } from "./protocol";
import { shadowSender } from "./shadowSender";

const { AWS_LAMBDA_FUNCTION_NAME, MODEL_BUCKET, MODEL_CHECK_SECONDS } = readEnv({
  AWS_LAMBDA_FUNCTION_NAME: optional,
  MODEL_BUCKET: required,
  MODEL_CHECK_SECONDS: numberBetween(0, 86_400, 60),
});
// In Lambda's init phase, which has more processor time than a small function's requests; nearly all of them need it.
s3();
const objects = objectStore(MODEL_BUCKET);
const repository = bucketRepository({
  objects,
  models: modelStoreFromEnv(bucketSource(objects)),
  checkSeconds: MODEL_CHECK_SECONDS,
});

// Handlers run outside of Lambda in tests only.
const sendShadow =
  AWS_LAMBDA_FUNCTION_NAME === undefined ? undefined : shadowSender(AWS_LAMBDA_FUNCTION_NAME, "live");

const respondToHttp = createHandler({
  name: card.name,
  respond(request) {
    const isRoot = request.path === "/" && (request.method === "GET" || request.method === "HEAD");
    if (request.form === "direct" || !isRoot) return protocol(request, repository, sendShadow);
    const response = description().describeRepository(request, MODEL_BUCKET);
    return request.method === "HEAD" ? { ...response, body: "" } : response;
  },
  reject: protocolRejection,
});

/** Describes the endpoint; what makes JSON Schema is loaded by the first who asks. */
const description = lazy(() => module.require("./describeRepository") as typeof Description);

/** Responds to HTTP; its own asynchronous invocations compare a shadow, and answer nobody. */
export const handler = (event: unknown, context?: LambdaContext): Promise<unknown> =>
  isShadowEvent(event)
    ? compareShadow(event, repository, context?.awsRequestId ?? "")
    : respondToHttp(event, context);
