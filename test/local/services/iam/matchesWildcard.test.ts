import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesWildcard } from "../../../../local/services/iam/matchesWildcard";

describe("matchesWildcard", () => {
  it("agrees with a regular expression", () => {
    const letters = fc.constantFrom("a", "b", "*", "?", "/");
    fc.assert(
      fc.property(
        fc.string({ unit: letters, maxLength: 8 }),
        fc.string({ unit: letters, maxLength: 12 }),
        (pattern, text) => {
          const source = pattern.replaceAll("*", "[^]*").replaceAll("?", "[^]");
          assert.equal(matchesWildcard(pattern, text), new RegExp(`^${source}$`).test(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("answers on patterns that are slow for regular expressions", () => {
    assert.equal(matchesWildcard(`${"a*".repeat(500)}b`, "a".repeat(1024)), false);
  });
});
