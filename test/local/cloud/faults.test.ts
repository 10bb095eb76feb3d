import assert from "node:assert/strict";
import { Faults } from "../../../local/cloud/faults";

const SPECS = [
  { service: "s3", kind: "fail", amount: 0.1 },
  { service: "s3", kind: "cut", amount: 1 },
  { service: "lambda", kind: "slow", amount: 2000 },
] as const;

/** Which of 10,000 requests fail. */
function failures(seed: number): number[] {
  const faults = new Faults({ specs: SPECS, seed });
  faults.resume();
  const s3 = faults.of("s3");
  return Array.from({ length: 10_000 }, (_, index) => index).filter(() => s3?.happens("fail", "GET /"));
}

describe("Faults", () => {
  it("happen as often as they were asked for, and by the same seed to the same requests", () => {
    const first = failures(7);
    assert.ok(first.length > 900 && first.length < 1100, `${first.length} of 10,000`);
    assert.deepEqual(failures(7), first);
    assert.notDeepEqual(failures(8), first);
  });

  it("do not happen before the stack is deployed, nor while it changes", () => {
    const faults = new Faults({ specs: SPECS, seed: 1 });
    const [s3, lambda] = [faults.of("s3"), faults.of("lambda")];
    const now = () => [s3?.happens("cut", "GET /"), lambda?.delayMs];
    assert.deepEqual(now(), [false, 0]);
    faults.resume();
    assert.deepEqual(now(), [true, 2000]);
    faults.suspend();
    assert.deepEqual(now(), [false, 0]);
    faults.resume();
    assert.deepEqual(now(), [true, 2000]);
  });

  it("happen to nothing that was not asked for, and say what they happen to", () => {
    const said: string[] = [];
    const faults = new Faults({ specs: SPECS, seed: 1, onFault: (...fault) => said.push(fault.join(" ")) });
    faults.resume();
    assert.deepEqual(
      [faults.of("lambda")?.happens("kill", "f"), faults.of("volume"), faults.of("s3")?.delayMs],
      [false, undefined, 0],
    );
    faults.of("s3")?.happens("cut", "GET /bucket/key");
    assert.deepEqual(said, ["s3 cut GET /bucket/key"]);
  });
});
