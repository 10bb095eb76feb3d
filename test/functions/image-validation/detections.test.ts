import assert from "node:assert/strict";
import fc from "fast-check";
import { detections } from "../../../functions/image-validation/detections";

const HORSE = 17;
const COW = 19;
const SQUARE = { width: 512, height: 512 };

/** The model's output: these rows, then rows of nothing up to 100. */
function output(...rows: (readonly number[])[]): Float32Array {
  const values = new Float32Array(600);
  values.set(rows.flat());
  return values;
}

describe("detections", () => {
  it("gives boxes as x, y, width and height in pixels of the image", () => {
    assert.deepEqual(
      detections(output([128, 64, 384, 448, 0.87654321, HORSE]), { width: 1024, height: 256 }, 0.25),
      [{ label: "horse", score: 0.88, box: [256, 32, 512, 192] }],
    );
  });

  it("knows COCO's first and last class", () => {
    assert.deepEqual(
      detections(output([0, 0, 9, 9, 0.9, 0], [0, 0, 9, 9, 0.8, 79]), SQUARE, 0.25).map(({ label }) => label),
      ["person", "toothbrush"],
    );
  });

  it("Detections come with the best first", () => {
    const rows = [0.3, 0.9, 0.5].map((score, i) => [i * 100, 0, i * 100 + 50, 50, score, HORSE]);
    assert.deepEqual(
      detections(output(...rows), SQUARE, 0.25).map(({ score }) => score),
      [0.9, 0.5, 0.3],
    );
  });

  it("leaves out what scores less than asked for, and keeps what scores just that, before scores are rounded", () => {
    const rows = [0.2499, 0.25].map((score, i) => [i * 100, 0, i * 100 + 50, 50, score, HORSE + i]);
    assert.deepEqual(
      detections(output(...rows), SQUARE, 0.25).map(({ label }) => label),
      ["sheep"],
    );
  });

  it("Boxes of detections are clamped to the image", () => {
    assert.deepEqual(
      detections(output([-20, -1, 600, 511.9, 0.9, HORSE]), { width: 300, height: 200 }, 0.25),
      [{ label: "horse", score: 0.9, box: [0, 0, 300, 200] }],
    );
  });

  it("leaves out boxes without an inside and rows that are not numbers or of no class", () => {
    const rows = [
      [100, 100, 100, 200, 0.9, HORSE],
      [100, 200, 200, 100, 0.9, HORSE],
      [600, 0, 700, 100, 0.9, HORSE],
      [Number.NaN, 0, 50, 50, 0.9, HORSE],
      [0, 0, 50, 50, Number.NaN, HORSE],
      [0, 0, 50, 50, Number.POSITIVE_INFINITY, HORSE],
      [0, 0, 50, 50, 0.9, 80],
      [0, 0, 50, 50, 0.9, -1],
      [0, 0, 50, 50, 0.9, 1.5],
    ];
    assert.deepEqual(detections(output(...rows), SQUARE, 0.25), []);
  });

  it("takes two boxes of a class that overlap by more than half as one thing", () => {
    // 100 x 100 each; moved by 33 they share 6,700 of 13,300 (0.504), by 34 6,600 of 13,400 (0.493).
    const boxes = (shift: number, label: number) =>
      detections(
        output([shift, 0, 100 + shift, 100, 0.6, label], [0, 0, 100, 100, 0.9, HORSE]),
        SQUARE,
        0.25,
      ).map(({ label, box }) => [label, ...box]);
    assert.deepEqual(boxes(33, HORSE), [["horse", 0, 0, 100, 100]]);
    assert.deepEqual(boxes(34, HORSE), [
      ["horse", 0, 0, 100, 100],
      ["horse", 34, 0, 100, 100],
    ]);
    assert.deepEqual(boxes(0, COW), [
      ["horse", 0, 0, 100, 100],
      ["cow", 0, 0, 100, 100],
    ]);
  });

  it("does not let a suppressed box suppress others", () => {
    const rows = [0, 30, 60].map((x, i) => [x, 0, x + 100, 100, 0.9 - i / 10, HORSE]);
    assert.deepEqual(
      detections(output(...rows), SQUARE, 0.25).map(({ box }) => box[0]),
      [0, 60],
    );
  });

  it("answers any output with boxes inside the image, best first", () => {
    const rows = fc.array(
      fc.tuple(...new Array(5).fill(fc.float({ min: -600, max: 600 })), fc.integer({ min: -2, max: 81 })),
      {
        maxLength: 100,
      },
    );
    const sides = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(rows, sides, sides, (rows, width, height) => {
        const found = detections(output(...(rows as number[][])), { width, height }, 0.25);
        for (const { box } of found) {
          const [x, y, w, h] = box;
          assert.ok(
            x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= width && y + h <= height,
            JSON.stringify(box),
          );
        }
        const scores = found.map(({ score }) => score);
        assert.deepEqual(
          scores,
          [...scores].sort((a, b) => b - a),
        );
      }),
    );
  });
});
