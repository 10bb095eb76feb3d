import { useState } from "preact/hooks";
import { memberOf, percent, type View } from "./view";

/** Something that was found in an image. */
export interface Detection {
  readonly label: string;
  readonly score?: number;
  /** Pixels of the image: x, y, width, height. */
  readonly box: readonly number[];
}

/** Reads what a response found, by the members that its schema names. */
export function readDetections(view: View & { kind: "boxes" }, body: unknown): readonly Detection[] {
  const list = memberOf(body, view.list);
  if (!Array.isArray(list)) return [];
  return list.map((each) => ({
    label: String(memberOf(each, view.label)),
    score: view.score === undefined ? undefined : Number(memberOf(each, view.score)),
    box: (memberOf(each, view.box) as readonly number[] | undefined) ?? [],
  }));
}

interface BoxedImageProps {
  /** Address of the image; without one, the boxes are on a blank of their size. */
  readonly source: string | undefined;
  readonly detections: readonly Detection[];
}

/** An image with what was found in it. */
export function BoxedImage({ source, detections }: BoxedImageProps) {
  // With the image it is of: an effect that forgets the last image's size may run after this one's has come.
  const [loaded, setLoaded] = useState<{
    readonly source: string;
    readonly size: readonly [number, number];
  }>();
  const size = loaded?.source === source ? loaded?.size : undefined;
  const furthest = (axis: 0 | 1) =>
    Math.max(1, ...detections.map(({ box }) => (box[axis] ?? 0) + (box[axis + 2] ?? 0)));
  const [width, height] = size ?? [furthest(0), furthest(1)];
  const isDrawn = source === undefined ? detections.length > 0 : size !== undefined;
  return (
    <figure class="boxed">
      {source !== undefined && (
        <img
          src={source}
          alt="The one that was sent"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setLoaded({ source, size: [naturalWidth, naturalHeight] })
          }
        />
      )}
      {isDrawn && (
        <svg
          class={source === undefined ? "blank" : undefined}
          viewBox={`0 0 ${width} ${height}`}
          aria-hidden="true"
        >
          {detections.map(({ label, score, box: [x = 0, y = 0, w = 0, h = 0] }, i) => (
            <g key={i}>
              <rect x={x} y={y} width={w} height={h} rx={width / 150} />
              <text x={x + width / 90} y={Math.max(y + width / 22, width / 22)} font-size={width / 26}>
                {label} {score === undefined ? "" : percent(score)}
              </text>
            </g>
          ))}
        </svg>
      )}
    </figure>
  );
}
