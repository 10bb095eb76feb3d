import assert from "node:assert/strict";
import { readFailure } from "../../../../local/page/client/try/failure";

describe("An error of an endpoint", () => {
  const cases: Readonly<Record<string, [string, string, Record<string, string>]>> = {
    "the project's own": [
      '{"message":"sl is missing","errors":[{"path":"sl","message":"is missing"},{"path":"","message":"odd"}]}',
      "sl is missing",
      { sl: "is missing" },
    ],
    "the Open Inference Protocol's": ['{"error":"no such model"}', "no such model", {}],
    "the tutorial's": [
      '{"reason":"\'body\' must contain","prediction":"","status":"400"}',
      "'body' must contain",
      {},
    ],
    "AWS's own": ['{"Message":"Forbidden"}', "Forbidden", {}],
    "text that is no JSON": ["Bad gateway", "Bad gateway", {}],
    "JSON that is no object": ["3", "3", {}],
    "an object without a sentence": ['{"errors":[null]}', '{"errors":[null]}', {}],
    "nothing at all": ["", "HTTP 502", {}],
  };
  for (const [what, [body, message, byField]] of Object.entries(cases)) {
    it(`is shown by its sentence and by field: ${what}`, () => {
      assert.deepEqual(readFailure(502, body), { message, byField });
    });
  }
});
