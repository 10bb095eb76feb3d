import type { CardTensor } from "./described";
import { Classes } from "./resultView";
import { type OutputTensor, probabilitiesOf } from "./tensors";

interface TensorsResultProps {
  readonly outputs: readonly OutputTensor[];
  /** Tensors whose last axis has names. */
  readonly known: readonly CardTensor[];
}

/** Values that are shown; a tensor may have millions. */
const MAX_SHOWN = 100;

/** The tensors that a model gave: a word as a word, probabilities as bars, others as their values. */
export function TensorsResult({ outputs, known }: TensorsResultProps) {
  return (
    <>
      {outputs.map((output) => (
        <div key={output.name} class="tensor-result">
          <h2>
            <code>{output.name}</code> <span class="badge">{output.datatype}</span>{" "}
            <span class="dim">[{output.shape?.join(", ")}]</span>
          </h2>
          <Values output={output} known={known} />
        </div>
      ))}
    </>
  );
}

function Values({ output, known }: { readonly output: OutputTensor; readonly known: readonly CardTensor[] }) {
  const { data = [] } = output;
  const shares = probabilitiesOf(output, known);
  if (shares.length > 0) return <Classes shares={shares} />;
  if (data.length === 1) {
    return (
      <p class="verdict">
        <strong>{String(data[0])}</strong>
      </p>
    );
  }
  const more = data.length > MAX_SHOWN ? `, … (${data.length} values)` : "";
  return <p class="mono values">{data.slice(0, MAX_SHOWN).map(String).join(", ") + more}</p>;
}
