import { bundledModel } from "../shared/bundledModel";
import { BadRequest } from "../shared/errors";
import { createHandler } from "../shared/handler";
import { json } from "../shared/json";
import { jsonEndpoint, operation } from "../shared/jsonEndpoint";
import { BadRows } from "../shared/readRows";
import { input } from "./input";
import card from "./model/card.json";
import { failure, output, rowsOutput } from "./output";
import { FEATURES, predict } from "./predict";

const model = bundledModel();

/**
 * The response body of the tutorial's function: these keys, in this order.
 *
 * @param instances  Numbers of the rows that are wrong, where there are several.
 */
function result(status: number, reason: string, prediction: 0 | 1 | "", instances?: readonly number[]) {
  return json(status, { reason, prediction, status: String(status), instances });
}

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint(card, {
    "/": operation({
      description: card.description,
      input,
      output,
      rowsOutput,
      failure,
      example: card.samples[0],
      async respond(measures) {
        const [prediction] = await predict(await model(), [measures]);
        return result(200, "OK", prediction ?? "");
      },
      async respondToRows(tumours) {
        const predictions = await predict(await model(), tumours);
        return json(200, { reason: "OK", predictions, status: "200" });
      },
    }),
  }),
  reject: (error) =>
    error instanceof BadRequest
      ? result(
          400,
          `'body' must contain values for: ${FEATURES.join(", ")}`,
          "",
          error instanceof BadRows ? error.rows : undefined,
        )
      : result(error.status, error.message, ""),
  writeDirect: (response) => JSON.parse(String(response.body)),
});
