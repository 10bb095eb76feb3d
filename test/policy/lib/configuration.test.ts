import assert from "node:assert/strict";
import { parseConfiguration } from "../../../policy/lib/configuration";
import { RULES } from "../../../policy/rules";

describe("parseConfiguration", () => {
  it("takes levels, and objects with a level and limits", () => {
    const configuration = {
      all: "advisory",
      "logs-retention": { enforcementLevel: "mandatory" },
      "package-zipped-size": {},
    };
    assert.deepEqual(parseConfiguration(JSON.stringify(configuration), RULES), configuration);
  });

  const levels = "advisory, mandatory, remediate, disabled";
  for (const [text, message] of [
    ["[]", "The policies' configuration is not a JSON object of levels and limits by rule."],
    ['{"logs-retention": "off"}', `\`logs-retention\` has the level \`off\`; use ${levels}.`],
    ...["5", "null", '["advisory"]'].map((value) => [
      `{"logs-retention": ${value}}`,
      `\`logs-retention\` is neither a level (${levels}) nor an object with one and limits.`,
    ]),
  ] as const) {
    it(`The configuration ${text} is rejected in one line`, () => {
      assert.throws(() => parseConfiguration(String(text), RULES), { message });
    });
  }
});
