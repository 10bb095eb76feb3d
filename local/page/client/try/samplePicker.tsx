import type { Sample } from "./described";

interface SamplePickerProps {
  readonly samples: readonly Sample[];
  readonly isBusy?: boolean;
  onPick(sample: Sample): void;
}

/** The card's samples, as buttons that fill in the form. */
export function SamplePicker({ samples, isBusy = false, onPick }: SamplePickerProps) {
  if (samples.length === 0) return null;
  return (
    <fieldset class="samples">
      <legend>Try</legend>
      {samples.map((sample) => (
        <button key={sample.title} type="button" disabled={isBusy} onClick={() => onPick(sample)}>
          {sample.title}
        </button>
      ))}
    </fieldset>
  );
}
