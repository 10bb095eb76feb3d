import { useId, useState } from "preact/hooks";
import type { Replayed, ResourceSummary } from "../../apiTypes";
import type { Api } from "../api";
import { JsonTree } from "../shell/jsonTree";
import { useLoaded } from "../shell/useLoaded";
import { StartBadge } from "./startBadge";

const FUNCTION = "aws:lambda/function:Function";

interface ReplayFormProps {
  readonly api: Api;
  /** @default the first one */
  readonly functionName?: string;
  /** JSON to begin with. */
  readonly event: string;
}

/** Invokes a function with an event: one that was seen, or one that is pasted. */
export function ReplayForm({ api, functionName, event }: ReplayFormProps) {
  const functions = useLoaded(async () => {
    const resources = await api.get<readonly ResourceSummary[]>("/api/resources");
    return resources.filter(({ type }) => type === FUNCTION).map(({ name }) => name);
  });
  const [chosen, setChosen] = useState(functionName);
  const [text, setText] = useState(event);
  const [result, setResult] = useState<Replayed>();
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const id = useId();

  const submit = async (submitted: Event) => {
    submitted.preventDefault();
    setBusy(true);
    setError(undefined);
    setResult(undefined);
    try {
      const name = chosen ?? functions.value?.[0];
      setResult(await api.post<Replayed>("/api/replay", { functionName: name, event: parse(text) }));
    } catch (cause) {
      setError((cause as Error).message);
    }
    setBusy(false);
  };

  return (
    <form class="card stack" aria-label="Replay an event" onSubmit={submit}>
      <div>
        <label for={`${id}-function`}>Function</label>
        <select id={`${id}-function`} value={chosen} onChange={(each) => setChosen(each.currentTarget.value)}>
          {functions.value?.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for={`${id}-event`}>Event, as JSON</label>
        <textarea
          id={`${id}-event`}
          rows={8}
          spellcheck={false}
          value={text}
          onInput={(each) => setText(each.currentTarget.value)}
        />
      </div>
      <div class="row">
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? "Invoking…" : "Invoke"}
        </button>
        {result && <StartBadge initMs={result.invocation.initMs} />}
        {result && <span class="dim">{result.invocation.billedMs} ms billed</span>}
      </div>
      <div role="status">
        {error && <p class="notice bad">{error}</p>}
        {result && (
          <div class="stack">
            {result.functionError && <p class="notice bad">The function failed.</p>}
            <JsonTree label="Response of the function" text={result.payload} />
          </div>
        )}
      </div>
    </form>
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The event is not JSON: ${(cause as Error).message}.`, { cause });
  }
}
