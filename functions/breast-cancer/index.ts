import { bundledModel } from "../shared/bundledModel";
import { BadRequest } from "../shared/errors";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { input } from "./input";
import card from "./model/card.json";
import { failure, output } from "./output";
import { FEATURES, predict } from "./predict";

const model = bundledModel();

/** The response body of the tutorial's function: these keys, in this order. */
function result(status: number, reason: string, prediction: 0 | 1 | "") {
  return json(status, { reason, prediction, status: String(status) });
}

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint({
    "/": operation({
      description: card.description,
      input,
      output,
      failure,
      example: card.samples[0],
      answer: async (measures) => result(200, "OK", await predict(await model(), measures)),
    }),
  }),
  refuse: (error) =>
    error instanceof BadRequest
      ? result(400, `'body' must contain values for: ${FEATURES.join(", ")}`, "")
      : result(error.status, error.message, ""),
  writeDirect: (answer) => JSON.parse(String(answer.body)),
});
