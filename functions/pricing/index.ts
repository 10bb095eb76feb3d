import { readEnv, required } from "../shared/env";
import { NotFound } from "../shared/errors";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { breedKey } from "../shared/modelKeys";
import { bucketSource } from "../shared/modelStore/bucketSource";
import { modelStoreFromEnv } from "../shared/modelStore/modelStoreFromEnv";
import { objectStore } from "../shared/objectStore";
import { input } from "./input";
import card from "./model/card.json";
import { output } from "./output";
import { predict } from "./predict";

const { MODEL_PATH, OUTPUT_BUCKET } = readEnv({ MODEL_PATH: required, OUTPUT_BUCKET: required });
const models = modelStoreFromEnv(bucketSource(objectStore(OUTPUT_BUCKET)));

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint({
    "/": operation({
      description: card.description,
      input,
      output,
      rejects: [404, 422],
      example: card.samples[0],
      async answer(ride, { fields }) {
        const key = ride.breed === undefined ? MODEL_PATH : breedKey(ride.breed);
        try {
          return json(200, await models.use(key, fields, (session) => predict(session, ride)));
        } catch (cause) {
          if (cause instanceof NotFound && ride.breed !== undefined) {
            throw new NotFound(`There is no breed ${ride.breed}: its model would be ${key}`, { cause });
          }
          throw cause;
        }
      },
    }),
  }),
});
