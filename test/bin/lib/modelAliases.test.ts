import assert from "node:assert/strict";
import {
  aliasesText,
  changedAliases,
  promoted,
  requireUnnamed,
  rolledBack,
} from "../../../bin/lib/modelAliases";

describe("changedAliases", () => {
  it("Words change what they name, and leave the rest", () => {
    const first = changedAliases(undefined, ["live=1"]);
    assert.deepEqual(first, { live: "1" });
    const tried = changedAliases(first, ["canary=2:0.5%:X-User-Id"]);
    assert.deepEqual(tried, {
      live: "1",
      canary: { version: "2", percent: 0.5, header: "x-user-id" },
    });
    assert.equal(aliasesText(tried), "live=1 canary=2:0.5%:x-user-id");
    assert.deepEqual(changedAliases(tried, ["canary=none"]), { live: "1" });
  });

  it("Other words are rejected with an example", () => {
    for (const [words, message] of [
      [["next=2"], /"next=2" is no alias: live=3/],
      [["canary=2"], /must be as canary=4:10%/],
      [["canary=2:ten%"], /must be as canary=4:10%/],
      [["canary=2:150%"], /^"canary=2:150%" must have a share of 0% to 100%\.$/],
      [["live=none"], /is no alias/],
    ] as const) {
      assert.throws(() => changedAliases({ live: "1" }, words), { message });
    }
    assert.throws(() => changedAliases(undefined, ["canary=2:1%"]), { message: /needs live=VERSION first/ });
  });
});

describe("promoted and rolledBack", () => {
  it("The canary becomes the live version; without one there is nothing to promote", () => {
    assert.deepEqual(promoted("churn", { live: "1", canary: { version: "2", percent: 10 } }), { live: "2" });
    assert.throws(() => promoted("churn", { live: "1" }), { message: /^The model churn has no canary/ });
  });

  it("A canary is ended; without one the version that was live before answers", () => {
    const at = { at: "2026-11-28T11:00:00Z", by: "me@here" };
    const history = [
      { ...at, live: "1" },
      { ...at, live: "2" },
    ];
    const canary = { version: "3", percent: 10 };
    assert.deepEqual(rolledBack("churn", { live: "2", canary, history }), { live: "2" });
    assert.deepEqual(rolledBack("churn", { live: "2", history }), { live: "1" });
    assert.throws(() => rolledBack("churn", { live: "1" }), {
      message: "No other version of churn was live before.",
    });
  });
});

describe("requireUnnamed", () => {
  it("A version that an alias names is not removed, and the error says what ends that", () => {
    const named = { live: "1", canary: { version: "2", percent: 10 }, shadow: "3" };
    for (const [version, cure] of [
      ["1", "live=ANOTHER"],
      ["2", "canary=none"],
      ["3", "shadow=none"],
    ] as const) {
      assert.throws(() => requireUnnamed("churn", version, named), {
        message: `Version ${version} of churn is in use (live=1 canary=2:10% shadow=3): \`npm run model -- alias churn ${cure}\` first.`,
      });
    }
  });

  it("Other versions are, and all where there are no aliases", () => {
    requireUnnamed("churn", "4", { live: "1" });
    requireUnnamed("churn", "1", undefined);
  });
});
