import labels from "./model/labels.json";

/** One object that the detector found. */
export interface Detection {
  /** COCO's name of the class, for example `horse`. */
  readonly label: string;
  /** Score from 0 to 1 with two decimals: resizing on another platform changes the third. */
  readonly score: number;
  /** x, y, width and height in whole pixels of the image after its EXIF orientation; never outside the image. */
  readonly box: readonly [number, number, number, number];
}

/** Side of the square in which the model measures boxes. */
const SIDE = 512;
/** Number of values in a row: x1, y1, x2, y2, score, class. */
const ROW = 6;
/**
 * Two boxes of a class that share more than this part of their union are one thing (as in PASCAL VOC and
 * torchvision's detectors). The model suppresses neighbouring peaks itself; what is left to do is a large object
 * with two peaks.
 */
const MAX_OVERLAP = 0.5;

/**
 * Reads the model's detections, best first: rows below `minScore` left out, then non-maximum suppression within each
 * class.
 *
 * @param output  [1, 100, 6]: x1, y1, x2, y2 in 512ths of the image, score, class.
 * @param image  Size of the image after its EXIF orientation, in pixels.
 */
export function detections(
  output: Float32Array,
  image: { readonly width: number; readonly height: number },
  minScore: number,
): Detection[] {
  const candidates: Detection[] = [];
  for (let at = 0; at + ROW <= output.length; at += ROW) {
    const detection = readRow(output.subarray(at, at + ROW), image);
    if (detection !== undefined && detection.score >= minScore) candidates.push(detection);
  }
  candidates.sort((a, b) => b.score - a.score);

  const kept: Detection[] = [];
  for (const candidate of candidates) {
    const isNew = kept.every(
      (other) => other.label !== candidate.label || overlap(other.box, candidate.box) <= MAX_OVERLAP,
    );
    if (isNew) kept.push(candidate);
  }
  return kept.map((detection) => ({ ...detection, score: Math.round(detection.score * 100) / 100 }));
}

function readRow(
  row: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): Detection | undefined {
  const [x1, y1, x2, y2, score, labelIndex] = row as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const label = labels[labelIndex];
  const left = clamp(Math.round((x1 * width) / SIDE), width);
  const top = clamp(Math.round((y1 * height) / SIDE), height);
  const right = clamp(Math.round((x2 * width) / SIDE), width);
  const bottom = clamp(Math.round((y2 * height) / SIDE), height);
  // Also false for NaN.
  const isUsable = right > left && bottom > top && Number.isFinite(score);
  if (label === undefined || !isUsable) return undefined;
  return { label, score, box: [left, top, right - left, bottom - top] };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}

/** Intersection over union. */
function overlap(a: Detection["box"], b: Detection["box"]): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(width, 0) * Math.max(height, 0);
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}
