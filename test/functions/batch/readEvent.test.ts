import assert from "node:assert/strict";
import fc from "fast-check";
import { readEvent } from "../../../functions/batch/readEvent";
import { readEvent as readSyncEvent } from "../../../functions/model-sync/readEvent";

/** Anything, in any place of what resembles an event. */
const odd = fc.anything({ maxDepth: 2 });
const oddKey = fc.oneof(fc.string(), fc.constantFrom("%", "%E0%A4%A", "a%2", "%ff", "+", "__proto__"), odd);
const oddRecord = fc.oneof(
  odd,
  fc.record({ s3: fc.oneof(odd, fc.record({ object: fc.oneof(odd, fc.record({ key: oddKey })) })) }),
);
const oddEvent = fc.oneof(
  odd,
  fc.record({ Records: fc.oneof(odd, fc.array(oddRecord)) }),
  fc.record({ batch: odd, model: odd }),
);

const READERS = { batch: readEvent, "model-sync": (event: unknown) => readSyncEvent(event, "volume/") };

describe("Functions that S3 invokes", () => {
  for (const [name, read] of Object.entries(READERS)) {
    it(`take an event or say that it is none, whatever is in it: ${name}`, () => {
      fc.assert(
        fc.property(oddEvent, (event) => {
          try {
            assert.ok(Array.isArray(read(event)));
          } catch (error) {
            assert.match(String(error), /^Error: The event is neither \{.*\} nor a notification of S3$/);
          }
        }),
        { numRuns: 2000 },
      );
    });

    it(`reject a notification of an object without a key, or with one that is not encoded: ${name}`, () => {
      for (const record of [
        null,
        {},
        { s3: null },
        { s3: { object: { key: "" } } },
        { s3: { object: { key: "%" } } },
      ]) {
        assert.throws(() => read({ Records: [record] }), { message: /^The event is neither / });
      }
    });
  }

  it("decode keys as S3 encodes them, each once", () => {
    const record = { s3: { object: { key: "batches/iris/in/a+b%2Bc%C3%A4.csv" } } };
    assert.deepEqual(readEvent({ Records: [record, record] }), ["batches/iris/in/a b+cä.csv"]);
  });
});
