import assert from "node:assert/strict";
import { parseMetricMath } from "../../../../local/services/cloudwatch/metricMath";

describe("Metric math", () => {
  const values = new Map(Object.entries({ errors: 3, invocations: 200, none: undefined, zero: 0 }));
  for (const [text, expected] of [
    ["100 * (errors + FILL(none, 0)) / invocations", 1.5],
    ["errors - 1 - 1", 1],
    ["-errors * 2 + 10", 4],
    ["invocations / 10 / 2", 10],
    ["errors + none", undefined],
    ["errors / zero", undefined],
    ["IF(errors > 2, 1, 0)", 1],
    ["IF(errors >= 4, 1, zero)", 0],
    ["1.5", 1.5],
  ] as const) {
    it(`is evaluated as CloudWatch does: ${text}`, () => {
      assert.equal(parseMetricMath(text)(values), expected);
    });
  }

  for (const [text, what] of [
    ["ANOMALY_DETECTION_BAND(errors)", "ANOMALY_DETECTION_BAND"],
    ["FILL(errors)", "FILL with 1 parameters"],
    ["errors +", '""'],
    ["errors ? 1", '"? 1"'],
    ["(errors", '"", where ) should be'],
    ["errors errors", '"errors"'],
  ] as const) {
    it(`is rejected with what is not known of it: ${text}`, () => {
      assert.throws(() => parseMetricMath(text), {
        message: `the metric math \`${text}\` has ${what}; the local cloud knows numbers, ids, + - * /, comparisons, FILL(id, number) and IF`,
      });
    });
  }
});
