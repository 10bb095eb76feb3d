import assert from "node:assert/strict";
import { rewriteOutsideStrings } from "../../../functions/shared/jsonStrings";

describe("rewriteOutsideStrings", () => {
  const rewrite = (json: string) => rewriteOutsideStrings(json, (part) => part.replace(/NaN/g, "0"));

  it("leaves strings as they are, whatever they escape", () => {
    const pairs = [
      ["NaN", "0"],
      ['{"NaN":NaN}', '{"NaN":0}'],
      ['["a\\"NaN",NaN,"\\\\",NaN]', '["a\\"NaN",0,"\\\\",0]'],
      ['["NaN\\\\\\"NaN"]', '["NaN\\\\\\"NaN"]'],
      ['[NaN,"NaN', '[0,"NaN'],
    ] as const;
    for (const [json, expected] of pairs) assert.equal(rewrite(json), expected);
  });

  it("takes time in proportion to the text, also where a string never ends", () => {
    for (const json of ['"'.repeat(2e6 + 1), '\\"'.repeat(2e6), `"${"\\".repeat(4e6)}`]) rewrite(json);
  });
});
