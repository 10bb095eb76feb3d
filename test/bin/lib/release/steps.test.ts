import assert from "node:assert/strict";
import { stepsOf } from "../../../../bin/lib/release/steps";
import { RELEASES } from "../../../../infra/operations/release";

describe("The steps of a release", () => {
  it("are CodeDeploy's: a share that waits once, or grows by itself", () => {
    assert.deepEqual(stepsOf("canary10percent5minutes"), [{ percent: 10, minutes: 5 }]);
    const linear = stepsOf("linear10percentevery1minute");
    assert.deepEqual(
      linear.map(({ percent }) => percent),
      [10, 20, 30, 40, 50, 60, 70, 80, 90],
    );
    assert.ok(linear.every(({ minutes }) => minutes === 1));
  });

  it("are known for every setting but all", () => {
    for (const release of RELEASES) if (release !== "all") assert.ok(stepsOf(release).length > 0, release);
    assert.throws(() => stepsOf("all"), /There is no release "all"/);
  });
});
