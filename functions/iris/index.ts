import { bundledModel } from "../shared/bundledModel";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { input } from "./input";
import card from "./model/card.json";
import { output, rowsOutput } from "./output";
import { predict, predictSpecies } from "./predict";

const model = bundledModel();

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint(card, {
    "/": operation({
      description: card.description,
      input,
      output,
      rowsOutput,
      example: card.samples[0],
      respond: async (flower, request) =>
        request.headers.accept?.includes("application/json")
          ? json(200, (await predict(await model(), [flower]))[0])
          : {
              status: 200,
              headers: { "content-type": "text/plain; charset=utf-8" },
              body: await predictSpecies(await model(), flower),
            },
      respondToRows: async (flowers) => json(200, { predictions: await predict(await model(), flowers) }),
    }),
  }),
});
