import assert from "node:assert/strict";
import fc from "fast-check";
import {
  BOX,
  MARGIN,
  PASSING_LINE,
  slotOf,
  stackColumns,
} from "../../../../local/page/client/watch/stackColumns";

const SLOTS = fc.array(
  fc.record({ x: fc.constantFrom(106, 398, 690), y: fc.nat(9_000), isBox: fc.boolean() }),
  { minLength: 1, maxLength: 40 },
);

describe("The columns of the stack's image", () => {
  it("begin at the top, have nothing over each other, and keep their order", () => {
    fc.assert(
      fc.property(SLOTS, (made) => {
        const slots = made.map(({ isBox, ...point }) => slotOf(point, isBox ? BOX : PASSING_LINE));
        const before = new Map(slots.map((slot) => [slot, slot.y]));
        const bottom = stackColumns(slots);
        for (const column of new Set(slots.map(({ x }) => x))) {
          const own = slots.filter(({ x }) => x === column).sort((a, b) => a.y - b.y);
          const tops = own.map(({ y, height }) => y - height / 2);
          assert.equal(tops[0], MARGIN);
          for (const [i, { height, gap }] of own.entries()) {
            assert.equal((tops[i + 1] ?? bottom) >= (tops[i] ?? 0) + height + gap, true);
          }
          const order = own.map((slot) => before.get(slot) ?? 0);
          assert.deepEqual(
            order,
            order.toSorted((a, b) => a - b),
          );
        }
      }),
    );
  });

  it("are as long as the longest of them", () => {
    const slots = [0, 0, 300].map((x) => slotOf({ x }, BOX));
    assert.equal(stackColumns(slots), MARGIN + 2 * (BOX.height + BOX.gap));
  });
});
