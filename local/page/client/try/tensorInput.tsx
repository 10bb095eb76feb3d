import type { TensorForm, TensorValues } from "./tensors";

interface TensorInputProps {
  readonly form: TensorForm;
  readonly values: TensorValues;
  onChange(values: TensorValues): void;
}

/** One of a model's inputs, typed as its signature says. */
export function TensorInput({ form: { tensor, cells }, values, onChange }: TensorInputProps) {
  const { name, datatype, shape } = tensor;
  const id = `tensor-${name}`;
  return (
    <fieldset class="tensor">
      <legend>
        <code>{name}</code> <span class="badge">{datatype}</span>{" "}
        <span class="dim">
          {shape === undefined ? "any shape" : `[${shape.map((size) => (size < 0 ? "n" : size)).join(", ")}]`}
        </span>
      </legend>
      {cells.length > 0 ? (
        <div class="cells">
          {cells.map((cell, i) => (
            <label key={cell}>
              {cell}
              <input
                type="text"
                inputMode={datatype === "BYTES" ? "text" : "decimal"}
                autocomplete="off"
                placeholder={datatype === "BYTES" ? "" : datatype === "BOOL" ? "false" : "0"}
                value={values.cells[i] ?? ""}
                onInput={({ currentTarget: { value } }) =>
                  onChange({ ...values, cells: values.cells.map((each, at) => (at === i ? value : each)) })
                }
              />
            </label>
          ))}
        </div>
      ) : (
        <>
          <label for={`${id}-shape`}>Shape</label>
          <input
            id={`${id}-shape`}
            autocomplete="off"
            value={values.shape}
            onInput={({ currentTarget: { value } }) => onChange({ ...values, shape: value })}
          />
          <label for={`${id}-data`}>Values, as a JSON list</label>
          <textarea
            id={`${id}-data`}
            rows={4}
            spellcheck={false}
            placeholder="Empty: zeros"
            value={values.data}
            onInput={({ currentTarget: { value } }) => onChange({ ...values, data: value })}
          />
        </>
      )}
    </fieldset>
  );
}
