import { bundledModel } from "../shared/bundledModel";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { input } from "./input";
import card from "./model/card.json";
import { output, rowsOutput } from "./output";
import { predict } from "./predict";

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
      async respond(flower, request) {
        const [prediction] = await predict(await model(), [flower]);
        return request.headers.accept?.includes("application/json")
          ? json(200, prediction)
          : {
              status: 200,
              headers: { "content-type": "text/plain; charset=utf-8" },
              body: String(prediction?.species),
            };
      },
      respondToRows: async (flowers) => json(200, { predictions: await predict(await model(), flowers) }),
    }),
  }),
});
