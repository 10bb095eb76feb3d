import assert from "node:assert/strict";
import card from "../../functions/iris/model/card.json";
import { callHttp, HTTP_FORMS } from "../helpers/handlers/eventForms";
import { lambdaContext } from "../helpers/handlers/lambdaContext";
import { loadHandler } from "../helpers/handlers/loadHandler";

const handler = loadHandler("iris");
const FLOWER = { sl: 6.9, sw: 3.1, pl: 5.1, pw: 2.3 };

describe("iris", () => {
  it("answers a direct invocation with exactly statusCode and body", async () => {
    assert.deepEqual(await handler(FLOWER, lambdaContext), { statusCode: 200, body: "virginica" });
  });

  it("rejects a direct invocation that is not an object", async () => {
    const messages = [];
    for (const event of [undefined, null, 5, "text", [1]]) {
      const { statusCode, body } = (await handler(event, lambdaContext)) as {
        statusCode: number;
        body: string;
      };
      messages.push([statusCode, JSON.parse(body).message]);
    }
    assert.deepEqual(messages, [
      [400, "The request body is missing; send a JSON object"],
      [400, "The request body is missing; send a JSON object"],
      [400, "The request body is a number; send a JSON object"],
      [400, "The request body is a string; send a JSON object"],
      [400, "The request body is an array; send a JSON object"],
    ]);
  });

  it("answers a function URL at its own name, too: the path of the OpenAPI document", async () => {
    const [form] = HTTP_FORMS;
    assert.equal(form?.name, "function URL");
    const call = (path: string) => callHttp(handler, form, "iris", { path, body: JSON.stringify(FLOWER) });
    for (const path of ["/iris", "/iris/", "//iris"]) {
      const { status, body } = await call(path);
      assert.deepEqual({ status, body }, { status: 200, body: "virginica" });
    }
    assert.equal((await call("/irises")).status, 404);
  });

  for (const form of HTTP_FORMS) {
    describe(`over ${form.name}`, () => {
      const call = (request: Parameters<typeof callHttp>[3]) => callHttp(handler, form, "iris", request);

      it("Rows in one request are answered as each of them would be", async () => {
        const rows = [FLOWER, { sl: "5.1", sw: 3.5, pl: 1.4, pw: 0.2, x: null }, FLOWER];
        const single = async (row: object) => {
          const headers = { accept: "application/json" };
          return JSON.parse((await call({ body: JSON.stringify(row), headers })).body);
        };
        const { status, body } = await call({ body: JSON.stringify({ instances: rows }) });
        assert.equal(status, 200);
        assert.deepEqual(JSON.parse(body), { predictions: await Promise.all(rows.map(single)) });
      });

      it("A wrong row is named by its place, and 1 to 1,000 rows are taken", async () => {
        const instances = [FLOWER, { ...FLOWER, sl: "x" }, FLOWER, 5, { ...FLOWER, pw: null }];
        const { status, body } = await call({ body: JSON.stringify({ instances }) });
        assert.deepEqual(
          [status, JSON.parse(body)],
          [
            400,
            {
              message: "instances.1.sl must be a number; 3 rows are wrong",
              errors: [
                { path: "instances.1.sl", message: "must be a number" },
                { path: "instances.3", message: "Invalid type: Expected Object but received 5" },
                { path: "instances.4.pw", message: "is required" },
              ],
            },
          ],
        );
        for (const [wrong, expected] of [
          [[], 400],
          [Array(1_000).fill(FLOWER), 200],
          [Array(1_001).fill(FLOWER), 400],
          ["x", 400],
        ] as const) {
          const response = await call({ body: JSON.stringify({ instances: wrong }) });
          assert.equal(response.status, expected);
          if (expected === 400) {
            assert.equal(JSON.parse(response.body).message, "instances must be a list of 1 to 1000 rows");
          }
        }
        assert.equal(
          (await call({ body: JSON.stringify({ ...FLOWER, instances: null }) })).body,
          "virginica",
        );
      });

      it("answers every sample of its card", async () => {
        for (const { request, answer: response } of card.samples) {
          const { status, body } = await call({ body: JSON.stringify(request) });
          assert.deepEqual({ status, body }, response);
        }
      });

      it("reads a body in base64, and takes no notice of its content type", async () => {
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        const {
          status,
          body,
          headers: answered,
        } = await call({ body: JSON.stringify(FLOWER), base64: true, headers });
        assert.deepEqual({ status, body }, { status: 200, body: "virginica" });
        assert.equal(answered["content-type"], "text/plain; charset=utf-8");
        assert.equal(answered["x-request-id"], lambdaContext.awsRequestId);
      });

      it("gives the probabilities to who accepts JSON", async () => {
        const { body } = await call({
          body: JSON.stringify(FLOWER),
          headers: { accept: "application/json" },
        });
        const { species, probabilities } = JSON.parse(body) as {
          species: string;
          probabilities: Record<string, number>;
        };
        assert.equal(species, "virginica");
        assert.deepEqual(Object.keys(probabilities), ["setosa", "versicolor", "virginica"]);
        const sum = Object.values(probabilities).reduce((a, b) => a + b);
        assert.ok(Math.abs(sum - 1) < 1e-6, `probabilities add up to ${sum}`);
      });

      it("iris describes itself on GET", async () => {
        const { status, body } = await call({ method: "GET" });
        const { description, paths, request, response, rejects, example, curl } = JSON.parse(body);
        assert.equal(status, 200);
        assert.equal(description, card.description);
        assert.deepEqual(request.required, ["sl", "sw", "pl", "pw"]);
        assert.deepEqual(
          [paths, Object.keys(response), rejects],
          [["/"], ["text/plain", "application/json"], []],
        );
        assert.deepEqual(example, card.samples[0]);
        const { name, files, opset, evaluator, ...said } = card;
        assert.deepEqual(JSON.parse(body).card, said);
        const address =
          form.name === "REST API"
            ? "abc.execute-api.us-east-1.amazonaws.com/prod/iris"
            : "abc.lambda-url.us-east-1.on.aws";
        assert.equal(curl, `curl -d '${JSON.stringify(FLOWER)}' https://${address}`);
      });

      it("answers HEAD with no body and OPTIONS with the methods it has", async () => {
        const head = await call({ method: "HEAD" });
        assert.deepEqual([head.status, head.body], [200, ""]);
        const options = await call({ method: "OPTIONS" });
        assert.deepEqual([options.status, options.headers.allow], [204, "GET, HEAD, OPTIONS, POST"]);
      });

      it("rejects other methods with 405 and Allow", async () => {
        for (const method of ["PUT", "PATCH", "DELETE"]) {
          const { status, headers } = await call({ method, body: "{}" });
          assert.deepEqual([status, headers.allow], [405, "GET, HEAD, OPTIONS, POST"]);
        }
      });

      it("says what is wrong with a body", async () => {
        const rejection = async (body: string | undefined) => {
          const { status, body: response } = await call({ body });
          return [status, JSON.parse(response).message];
        };
        assert.deepEqual(await rejection(undefined), [
          400,
          "The request body is missing; send a JSON object",
        ]);
        assert.deepEqual(await rejection("{oops"), [400, "The request body is not JSON; send a JSON object"]);
        assert.deepEqual(await rejection("[1]"), [400, "The request body is an array; send a JSON object"]);
        assert.deepEqual(await rejection("null"), [400, "The request body is null; send a JSON object"]);
      });

      it("takes numbers as text, of as many characters as a number has", async () => {
        const numbers = { sl: " 6.9 ", sw: "+3.1e0", pl: ".51e1", pw: "2." };
        assert.equal((await call({ body: JSON.stringify({ ...numbers, pl: "5.1" }) })).body, "virginica");
        assert.equal((await call({ body: JSON.stringify(numbers) })).body, "virginica");
        for (const sl of ["1".repeat(1_000_000), "1 1", "0x1", "1e", "", "-"]) {
          assert.equal((await call({ body: JSON.stringify({ ...numbers, sl }) })).status, 400);
        }
      });

      it("names every wrong field at once", async () => {
        const { status, body } = await call({ body: '{"sl": "long", "sw": 1e999, "pl": true}' });
        assert.equal(status, 400);
        assert.deepEqual(JSON.parse(body).errors, [
          { path: "sl", message: "must be a number" },
          { path: "sw", message: "must be a finite number" },
          { path: "pl", message: "must be a number" },
          { path: "pw", message: "is required" },
        ]);
      });

      it("takes no notice of unknown fields", async () => {
        const { body } = await call({ body: JSON.stringify({ ...FLOWER, colour: "blue", __proto__: 1 }) });
        assert.equal(body, "virginica");
      });

      it("iris rejects a body over 6 MB", async () => {
        const { status } = await call({
          body: JSON.stringify({ ...FLOWER, filler: "x".repeat(6 * 1024 * 1024) }),
        });
        assert.equal(status, 413);
      });

      it("iris knows no other path", async () => {
        assert.equal((await call({ path: "/elsewhere", body: "{}" })).status, 404);
      });
    });
  }
});
