import type { Detection } from "./boxedImage";
import { Bar } from "./resultView";
import { memberOf, percent, readVerdict, type View } from "./view";

interface BoxesResultProps {
  readonly view: View & { kind: "boxes" };
  readonly body: unknown;
  readonly detections: readonly Detection[];
}

/** The detections in words: the verdict where the response has one, and each thing with its score. */
export function BoxesResult({ view, body, detections }: BoxesResultProps) {
  const { verdict } = view;
  const isGood = view.isGood === undefined ? undefined : memberOf(body, view.isGood);
  return (
    <>
      {verdict && (
        <p class={`verdict ${isGood === undefined ? "" : isGood ? "good" : "poor"}`}>
          <strong>{readVerdict(verdict, body)}</strong>
        </p>
      )}
      {detections.length === 0 ? (
        <p class="dim">Nothing was found in the image.</p>
      ) : (
        <ul class="bars">
          {detections.map(({ label, score }, i) => (
            <li key={`${label} ${i}`}>
              <span>{label}</span>
              <Bar share={score ?? 1} />
              <span class="number">{score === undefined ? "" : percent(score)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
