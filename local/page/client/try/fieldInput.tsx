import type { Field, Range } from "./fields";

interface FieldInputProps {
  readonly field: Field;
  readonly value: string;
  readonly error: string | undefined;
  onChange(value: string): void;
}

/** One field of a form: its words, its control, and what the endpoint says of it. */
export function FieldInput({ field, value, error, onChange }: FieldInputProps) {
  const { id, name, label, unit, isRequired } = field;
  const input = `field-${id}`;
  return (
    <div class="field">
      <label for={input}>
        {label}
        {unit && <span class="dim"> in {unit}</span>}
        {!isRequired && <span class="dim"> (optional)</span>}
      </label>
      <code class="dim">{name}</code>
      <Control
        {...{ field, value, onChange }}
        attributes={{
          id: input,
          "aria-invalid": error !== undefined,
          "aria-describedby": error === undefined ? undefined : `${input}-error`,
        }}
      />
      {error !== undefined && (
        <p class="wrong" id={`${input}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface ControlProps extends Omit<FieldInputProps, "error"> {
  readonly attributes: {
    readonly id: string;
    readonly "aria-invalid": boolean;
    readonly "aria-describedby": string | undefined;
  };
}

function Control({ field, value, onChange, attributes }: ControlProps) {
  const { control, isRequired } = field;
  const take = (event: Event) => onChange((event.currentTarget as HTMLInputElement).value);
  switch (control.kind) {
    case "number":
      return (
        <div class={control.range ? "slider" : undefined}>
          {control.range && <Slider {...{ range: control.range, value, take }} label={field.label} />}
          <input
            {...attributes}
            type="text"
            inputMode="decimal"
            autocomplete="off"
            value={value}
            onInput={take}
          />
        </div>
      );
    case "choice":
      return (
        <select {...attributes} value={value} onChange={take}>
          {(!isRequired || value === "") && <option value="" />}
          {control.options.map(({ value, title }) => (
            <option key={title} value={String(value)}>
              {title}
            </option>
          ))}
        </select>
      );
    case "boolean":
      return (
        <select {...attributes} value={value} onChange={take}>
          {(!isRequired || value === "") && <option value="" />}
          <option value="true">yes</option>
          <option value="false">no</option>
        </select>
      );
    case "json":
    case "file":
      return <textarea {...attributes} rows={3} spellcheck={false} value={value} onInput={take} />;
    case "text":
      return (
        <>
          <input
            {...attributes}
            type={control.isAddress ? "url" : "text"}
            autocomplete="off"
            list={control.suggestions.length > 0 ? `${attributes.id}-list` : undefined}
            value={value}
            onInput={take}
          />
          {control.suggestions.length > 0 && (
            <datalist id={`${attributes.id}-list`}>
              {control.suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          )}
        </>
      );
  }
}

interface SliderProps {
  readonly range: Range;
  readonly value: string;
  readonly label: string;
  take(event: Event): void;
}

/** Goes further than its range where the number does. */
function Slider({ range: { least, most, step }, value, label, take }: SliderProps) {
  const number = Number.isFinite(Number(value)) ? Number(value) : least;
  return (
    <input
      type="range"
      aria-label={`${label}, slider`}
      min={Math.min(least, number)}
      max={Math.max(most, number)}
      step={step}
      value={value === "" ? least : number}
      onInput={take}
    />
  );
}
