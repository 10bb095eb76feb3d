interface SwitchProps {
  readonly label: string;
  readonly choices: readonly string[];
  readonly chosen: string;
  onChoose(choice: string): void;
}

/** One of a few choices, side by side. */
export function Switch({ label, choices, chosen, onChoose }: SwitchProps) {
  return (
    <fieldset class="switch" aria-label={label}>
      {choices.map((choice) => (
        <button key={choice} type="button" aria-pressed={choice === chosen} onClick={() => onChoose(choice)}>
          {choice}
        </button>
      ))}
    </fieldset>
  );
}
