import { bundledModel } from "../shared/bundledModel";
import { optional, readEnv, required } from "../shared/env";
import { Forbidden, PayloadTooLarge } from "../shared/errors";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { objectStore } from "../shared/objectStore";
import { presignPut } from "../shared/presignPut";
import { processors } from "../shared/processors";
import { cut } from "../shared/shown";
import { deliver } from "./deliver";
import { input } from "./input";
import { LIMITS } from "./limits";
import card from "./model/card.json";
import { output, uploadOutput } from "./output";
import { readScenes } from "./readScenes";
import { sageMakerEndpoint } from "./sageMaker/sageMakerEndpoint";
import { segment } from "./segment";
import type { Segmenter } from "./segmentation";
import { uploadInput } from "./uploadInput";

const { UPLOAD_BUCKET, ENDPOINT_NAME } = readEnv({ UPLOAD_BUCKET: required, ENDPOINT_NAME: optional });

const uploads = objectStore(UPLOAD_BUCKET);
const infer: Segmenter = ENDPOINT_NAME ? sageMakerEndpoint(ENDPOINT_NAME) : ownModel();

function ownModel(): Segmenter {
  const model = bundledModel({
    intraOpNumThreads: processors(),
    // Threads that wait for work would take the processors from those that have it.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  return async (scenes, options) => segment(await model(), scenes, options);
}

/** Seconds. */
const UPLOAD_EXPIRES_IN = 15 * 60;

const [uploadSample] = card.samples;

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint(card, {
    "/": operation({
      description: `${card.description} Upload the scene first, by way of /uploads.`,
      input,
      output,
      rejects: [403, 404],
      example: {
        request: { bucket: UPLOAD_BUCKET, ...uploadSample?.request },
        answer: { status: 200 },
      },
      async respond({ bucket, file_name, nodata }, { requestId, remainingMs }) {
        if (bucket !== UPLOAD_BUCKET) {
          throw new Forbidden(
            `The bucket ${cut(bucket)} is not this stack's; scenes are uploaded to ${UPLOAD_BUCKET}`,
          );
        }
        const scenes = await readScenes(uploads, file_name);
        const segmentation = await infer(scenes, { nodata: nodata ?? scenes.nodata, remainingMs });
        return deliver(segmentation, scenes, uploads, requestId);
      },
    }),

    "/uploads": operation({
      description:
        "Gives a URL to upload a scene to, a .npy file or a GeoTIFF, by PUT: curl --upload-file scene.npy '<url>'",
      input: uploadInput,
      output: uploadOutput,
      example: uploadSample,
      async respond({ file_name, size }) {
        if (size !== undefined && size > LIMITS.maxFileBytes) {
          throw new PayloadTooLarge(`\`size\` is ${size} bytes; at most ${LIMITS.maxFileBytes} are taken`);
        }
        const terms = { bucket: UPLOAD_BUCKET, key: file_name, expiresIn: UPLOAD_EXPIRES_IN, size };
        const url = await presignPut(terms);
        return json(200, {
          url,
          method: "PUT",
          bucket: UPLOAD_BUCKET,
          file_name,
          expires_in: UPLOAD_EXPIRES_IN,
        });
      },
    }),
  }),
});
