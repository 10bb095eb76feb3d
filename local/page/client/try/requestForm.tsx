import type { ComponentChildren } from "preact";
import type { StateUpdater } from "preact/hooks";
import { FieldInput } from "./fieldInput";
import type { Field } from "./fields";
import type { Values } from "./values";

/** The card with a request's form; its button, or Enter, sends the request. */
export function RequestForm({
  onSend,
  children,
}: {
  readonly onSend: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <form
      class="card stack"
      aria-label="Request"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
    </form>
  );
}

/** An input for each field, with the endpoint's error beside it. */
export function FieldInputs({
  fields,
  values,
  errors = {},
  onChange,
}: {
  readonly fields: readonly Field[];
  readonly values: Values;
  /** Keyed by the field's id. */
  readonly errors?: Readonly<Record<string, string>> | undefined;
  readonly onChange: (update: StateUpdater<Values>) => void;
}) {
  return (
    <>
      {fields.map((field) => (
        <FieldInput
          key={field.id}
          field={field}
          value={values[field.id] ?? ""}
          error={errors[field.id]}
          onChange={(value) => onChange((all) => ({ ...all, [field.id]: value }))}
        />
      ))}
    </>
  );
}
