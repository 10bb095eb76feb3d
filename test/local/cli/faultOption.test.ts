import assert from "node:assert/strict";
import { UsageError } from "../../../local/cli/command";
import { faultOption } from "../../../local/cli/faultOption";

describe("--fault", () => {
  const parse = (...given: string[]) => faultOption.parse(given, "fault");

  it("reads services, kinds and amounts", () => {
    const { specs, seed, text } =
      parse(
        "s3=slow:2s",
        "s3=fail:10%",
        "s3=cut:50%",
        "lambda=slow:250ms",
        "lambda=kill:0.5%",
        "volume=readonly",
        "seed=7",
      ) ?? {};
    assert.deepEqual(specs, [
      { service: "s3", kind: "slow", amount: 2000 },
      { service: "s3", kind: "fail", amount: 0.1 },
      { service: "s3", kind: "cut", amount: 0.5 },
      { service: "lambda", kind: "slow", amount: 250 },
      { service: "lambda", kind: "kill", amount: 0.005 },
      { service: "volume", kind: "readonly", amount: 1 },
    ]);
    assert.equal(seed, 7);
    assert.equal(
      text,
      "s3=slow:2s s3=fail:10% s3=cut:50% lambda=slow:250ms lambda=kill:0.5% volume=readonly seed=7",
    );
  });

  it("asks for no fault where it is not given, and prints the seed that it chose itself", () => {
    assert.equal(parse(), undefined);
    assert.match(parse("s3=fail:10%")?.text ?? "", /^s3=fail:10% seed=\d+$/);
  });

  const REFUSED: readonly (readonly [given: string, message: string])[] = [
    [
      "s2=slow:2s",
      '--fault s2=slow:2s: there is no service "s2" (did you mean s3?); there are s3, lambda, volume.',
    ],
    [
      "s3=slwo:2s",
      '--fault s3=slwo:2s: there is no fault of s3 "slwo" (did you mean slow?); there are slow, fail, cut.',
    ],
    [
      "volume=read-only",
      '--fault volume=read-only: there is no fault of volume "read-only" (did you mean readonly?); there are missing, readonly, full.',
    ],
    [
      "lambda=constructor:1%",
      '--fault lambda=constructor:1%: there is no fault of lambda "constructor" (did you mean slow?); there are slow, throttle, kill, hang, oom.',
    ],
    ["s3=fail", "--fault s3=fail: write how often, over 0% and up to 100%, like s3=fail:10%."],
    ["s3=fail:0.1", "--fault s3=fail:0.1: write how often, over 0% and up to 100%, like s3=fail:10%."],
    ["s3=fail:101%", "--fault s3=fail:101%: write how often, over 0% and up to 100%, like s3=fail:10%."],
    ["s3=slow:2", "--fault s3=slow:2: write how long, from 1ms to 900s, like s3=slow:2s."],
    ["volume=full:10%", "--fault volume=full:10%: write it as volume=full, it holds for every request."],
  ];
  for (const [given, message] of REFUSED) {
    it(`rejects ${given} with what to write`, () => {
      assert.throws(
        () => parse(given),
        (error: Error) => {
          assert.ok(error instanceof UsageError);
          assert.equal(error.message, message);
          return true;
        },
      );
    });
  }

  it("rejects faults that exclude each other, and a seed that is not a number or is given without faults", () => {
    assert.throws(
      () => parse("volume=full", "volume=missing"),
      /volume=full and volume=missing exclude each other/,
    );
    assert.throws(() => parse("s3=fail:1%", "s3=fail:2%"), /exclude each other/);
    assert.throws(() => parse("s3=fail:1%", "seed=x"), /takes one whole number/);
    assert.throws(() => parse("seed=7"), /give one, too/);
  });
});
