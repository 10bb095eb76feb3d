/** `test/functions/<name>.test.ts`: what holds for any endpoint made so; the user adds what holds for this one. */
export function testFile(name: string): string {
  return `import assert from "node:assert/strict";
import path from "node:path";
import { input } from "../../functions/${name}/input";
import card from "../../functions/${name}/model/card.json";
import { predict } from "../../functions/${name}/predict";
import { createSession } from "../../functions/shared/session";
import { validate } from "../../functions/shared/validate";

const MODEL = path.resolve(__dirname, "../../functions/${name}/model", card.files[0]?.path ?? "");

describe("${name}", () => {
  it("answers the samples of its card", async () => {
    const session = await createSession(MODEL);
    for (const { request, answer } of card.samples) {
      const body = JSON.stringify(await predict(session, validate(input, request)));
      assert.deepEqual({ status: 200, body }, answer);
    }
  });

  it("names every field that is missing", () => {
    const fields = Object.keys(card.samples[0]?.request ?? {});
    assert.throws(() => validate(input, {}), {
      status: 400,
      errors: fields.map((path) => ({ path, message: "is required" })),
    });
  });
});
`;
}
