import type { InferenceSession } from "onnxruntime-node";
import { readEnv, required } from "../shared/env";
import { BadRequest, NotFound } from "../shared/errors";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { breedKey } from "../shared/modelKeys";
import { bucketSource } from "../shared/modelStore/bucketSource";
import { modelStoreFromEnv } from "../shared/modelStore/modelStoreFromEnv";
import { objectStore } from "../shared/objectStore";
import { BadRows } from "../shared/readRows";
import { type Input, input } from "./input";
import card from "./model/card.json";
import { output, rowsOutput } from "./output";
import { predict } from "./predict";

const { MODEL_PATH, OUTPUT_BUCKET } = readEnv({ MODEL_PATH: required, OUTPUT_BUCKET: required });
const models = modelStoreFromEnv(bucketSource(objectStore(OUTPUT_BUCKET)));
models.preload(MODEL_PATH);

/** Runs something on a breed's model. */
async function withModel<T>(
  breed: string | undefined,
  fields: Record<string, unknown>,
  run: (session: InferenceSession) => Promise<T>,
): Promise<T> {
  const key = breed === undefined ? MODEL_PATH : breedKey(breed);
  try {
    return await models.use(key, fields, run);
  } catch (cause) {
    if (!(cause instanceof NotFound) || breed === undefined) throw cause;
    throw new NotFound(`There is no breed ${breed}: its model would be ${key}`, { cause });
  }
}

/** The numbers of each breed's rows: a model is asked for once. */
function rowsByBreed(rides: readonly Input[]): Map<string | undefined, number[]> {
  const rows = new Map<string | undefined, number[]>();
  for (const [row, { breed }] of rides.entries()) {
    const found = rows.get(breed);
    if (found === undefined) rows.set(breed, [row]);
    else found.push(row);
  }
  return rows;
}

async function scoreRow(session: InferenceSession, rides: readonly Input[], row: number): Promise<number> {
  return predict(session, rides[row] as Input).catch((error: unknown) => {
    if (!(error instanceof BadRequest)) throw error;
    throw new BadRows([row], [{ path: `instances.${row}`, message: error.message }]);
  });
}

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint(card, {
    "/": operation({
      description: card.description,
      input,
      output,
      rowsOutput,
      rejects: [404],
      example: card.samples[0],
      respond: async (ride, { fields }) =>
        json(200, await withModel(ride.breed, fields, (session) => predict(session, ride))),
      async respondToRows(rides, { fields }) {
        const scores: number[] = new Array(rides.length);
        for (const [breed, rows] of rowsByBreed(rides)) {
          await withModel(breed, fields, async (session) => {
            for (const row of rows) scores[row] = await scoreRow(session, rides, row);
          });
        }
        return json(200, scores);
      },
    }),
  }),
});
