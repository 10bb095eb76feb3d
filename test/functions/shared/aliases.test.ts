import assert from "node:assert/strict";
import { type Aliases, aliases, chooseVersion } from "../../../functions/shared/aliases";
import type { BadRequest } from "../../../functions/shared/errors";
import { validate } from "../../../functions/shared/validate";

const CANARY: Aliases = { live: "3", canary: { version: "4", percent: 10 } };
const STICKY: Aliases = { live: "3", canary: { version: "4", percent: 10, header: "x-user-id" } };

/** The share of requests that the canary answers. */
function share(of: Aliases, headersOf: (i: number) => Record<string, string>): number {
  const versions = Array.from({ length: 10_000 }, (_, i) => chooseVersion("churn", of, headersOf(i)));
  assert.ok(versions.every((version) => version === "3" || version === "4"));
  return versions.filter((version) => version === "4").length / versions.length;
}

describe("chooseVersion", () => {
  it("The live version answers all without a canary, and with one of 0 percent", () => {
    assert.equal(
      share({ live: "3" }, () => ({})),
      0,
    );
    assert.equal(
      share({ live: "3", canary: { version: "4", percent: 0 } }, () => ({})),
      0,
    );
    assert.equal(
      share({ live: "3", canary: { version: "4", percent: 100 } }, () => ({})),
      1,
    );
  });

  it("A canary answers its share at random, and by the header's values where the file names one", () => {
    for (const found of [
      share(CANARY, () => ({})),
      share(STICKY, () => ({})),
      share(STICKY, (i) => ({ "x-user-id": `user ${i}` })),
    ]) {
      assert.ok(found > 0.08 && found < 0.12, String(found));
    }
  });

  it("The same value of the header is answered by the same version, and keeps the canary when its share grows", () => {
    for (let i = 0; i < 200; i++) {
      const headers = { "x-user-id": `user ${i}` };
      const [first] = Array.from({ length: 5 }, () => chooseVersion("churn", STICKY, headers));
      assert.equal(chooseVersion("churn", STICKY, headers), first);
      const grown = { live: "3", canary: { version: "4", percent: 50, header: "x-user-id" } };
      if (first === "4") assert.equal(chooseVersion("churn", grown, headers), "4");
    }
  });
});

describe("aliases.json", () => {
  it("A share over 100, the live version as canary, and versions that are not numbers are rejected", () => {
    for (const [wrong, path] of [
      [{}, "live"],
      [{ live: "three" }, "live"],
      [{ live: 3 }, "live"],
      [{ live: "3", canary: { version: "4", percent: 101 } }, "canary.percent"],
      [{ live: "3", canary: { version: "4", percent: 10, header: "X User" } }, "canary.header"],
      [{ live: "3", canary: { version: "3", percent: 10 } }, ""],
      [{ live: "3", history: Array(51).fill({ at: "", by: "", live: "3" }) }, "history"],
    ] as const) {
      assert.throws(
        () => validate(aliases, wrong),
        ({ status, errors }: BadRequest) => status === 400 && errors?.[0]?.path === path,
        path,
      );
    }
  });
});
