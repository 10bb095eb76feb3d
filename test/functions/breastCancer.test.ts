import assert from "node:assert/strict";
import card from "../../functions/breast-cancer/model/card.json";
import { callHttp, HTTP_FORMS } from "../helpers/handlers/eventForms";
import { lambdaContext } from "../helpers/handlers/lambdaContext";
import { loadHandler } from "../helpers/handlers/loadHandler";

const handler = loadHandler("breast-cancer");
const MALIGNANT = {
  meanConcavePoints: 0.07951,
  worstRadius: 24.86,
  worstTexture: 26.58,
  worstArea: 1866.0,
  worstConcavePoints: 0.01,
};
const REJECTION =
  '{"reason":"\'body\' must contain values for: meanConcavePoints, worstRadius, worstTexture, worstArea, worstConcavePoints","prediction":"","status":"400"}';

describe("breast-cancer", () => {
  it("answers a direct invocation with the bare object", async () => {
    assert.deepEqual(await handler(MALIGNANT, lambdaContext), {
      reason: "OK",
      prediction: 1,
      status: "200",
    });
    assert.deepEqual(await handler({}, lambdaContext), JSON.parse(REJECTION));
  });

  it("Rows in one request are answered together, or rejected with the numbers of the wrong ones", async () => {
    const benign = card.samples.find(({ answer: response }) =>
      response.body.includes('"prediction":0'),
    )?.request;
    assert.deepEqual(await handler({ instances: [MALIGNANT, benign, MALIGNANT] }, lambdaContext), {
      reason: "OK",
      predictions: [1, 0, 1],
      status: "200",
    });
    const wrong = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? MALIGNANT : {}));
    assert.deepEqual(await handler({ instances: wrong }, lambdaContext), {
      ...JSON.parse(REJECTION),
      instances: Array.from({ length: 30 }, (_, i) => 2 * i + 1),
    });
    assert.deepEqual(await handler({ instances: [] }, lambdaContext), JSON.parse(REJECTION));
  });

  for (const form of HTTP_FORMS) {
    describe(`over ${form.name}`, () => {
      const call = (request: Parameters<typeof callHttp>[3]) =>
        callHttp(handler, form, "breast-cancer", request);

      it("answers every sample of its card byte for byte", async () => {
        for (const { request, answer: response } of card.samples) {
          const { status, body } = await call({ body: JSON.stringify(request) });
          assert.deepEqual({ status, body }, response);
        }
      });

      it("rejects whatever is missing, no number or no JSON with the one body its callers know", async () => {
        const wrong = [
          undefined,
          "",
          "{oops",
          "[]",
          "{}",
          JSON.stringify({ ...MALIGNANT, worstArea: "1866" }),
          JSON.stringify({ ...MALIGNANT, worstRadius: null }),
          JSON.stringify({ ...MALIGNANT, worstTexture: undefined }),
          JSON.stringify(MALIGNANT).replace("0.07951", "1e999"),
        ];
        for (const body of wrong) {
          const response = await call({ body });
          assert.deepEqual([response.status, response.body], [400, REJECTION], `for ${body}`);
        }
      });

      it("keeps its form in other rejections", async () => {
        const { status, body } = await call({ method: "DELETE" });
        assert.deepEqual(
          [status, body],
          [
            405,
            '{"reason":"Method not allowed; use GET, HEAD, OPTIONS, POST","prediction":"","status":"405"}',
          ],
        );
      });
    });
  }
});
