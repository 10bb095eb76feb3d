import { curlCommand } from "../shared/curlCommand";
import { describeCard } from "../shared/describeCard";
import type { Request, Response } from "../shared/events";
import { json } from "../shared/json";
import { jsonSchema } from "../shared/jsonSchema";
import { MODEL_FILES, MODELS } from "../shared/modelKeys";
import { inferRequest } from "./inferRequest";
import card from "./model/card.json";

/** Responds to `GET` of the endpoint itself: what it takes, and where models are uploaded to. */
export function describeRepository(request: Request, bucket: string): Response {
  const [example] = card.samples;
  return json(200, {
    description: card.description,
    protocol: card.origin,
    request: jsonSchema(inferRequest),
    /** The place to upload a model to. */
    models: { bucket, key: `${MODELS}{name}/{version}/{file}`, files: MODEL_FILES },
    example,
    card: describeCard(card),
    curl: curlCommand(request, `${request.baseUrl()}${example?.path}`, example?.request),
  });
}
