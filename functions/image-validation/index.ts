import { numberBetween, optional, readEnv, required } from "../shared/env";
import { NotFound, ServiceUnavailable } from "../shared/errors";
import type { Request, Response } from "../shared/events";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { modelStoreFromEnv } from "../shared/modelStore/modelStoreFromEnv";
import { volumeSource } from "../shared/modelStore/volumeSource";
import { objectStore } from "../shared/objectStore";
import { decodeImage } from "./decodeImage";
import { input } from "./input";
import card from "./model/card.json";
import { output } from "./output";
import { predict } from "./predict";
import { readImage, withinRequest } from "./readImage";

const env = readEnv({
  MODEL_VOLUME: required,
  MODEL_PATH: required,
  UPLOAD_BUCKET: required,
  EGRESS: optional,
  // The local cloud sets it, nothing else may: a rule of the policy pack says so.
  PADDOCK_FETCH_LOOPBACK: optional,
  MIN_SCORE: numberBetween(0, 1, 0.25),
});

const uploads = objectStore(env.UPLOAD_BUCKET);
const models = modelStoreFromEnv(volumeSource(env.MODEL_VOLUME));
models.preload(env.MODEL_PATH);

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint(card, {
    "/": operation({
      description: card.description,
      input,
      output,
      rejects: [403, 404],
      example: card.samples[0],
      file: {
        mediaTypes: ["image/jpeg", "image/png", "image/webp"],
        respond: (file, request) => validateImage(withinRequest(file), request),
      },
      async respond(place, request) {
        const loopback = env.PADDOCK_FETCH_LOOPBACK !== undefined;
        return validateImage(await readImage(place, uploads, env.EGRESS, loopback), request);
      },
    }),
  }),
});

async function validateImage(bytes: Uint8Array, request: Request): Promise<Response> {
  const image = await decodeImage(bytes);
  const validation = await models
    .use(env.MODEL_PATH, request.fields, (session) => predict(session, image, env.MIN_SCORE))
    .catch((cause) => {
      // The caller named no model: it is the stack's own, which is not there yet.
      if (cause instanceof NotFound)
        throw new ServiceUnavailable("The model cannot be loaded now", { cause });
      throw cause;
    });
  return json(200, validation);
}
