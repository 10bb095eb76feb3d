import { useEffect, useState } from "preact/hooks";
import type { Api } from "../api";
import type { Described } from "./described";
import { parse } from "./failure";
import type { Field } from "./fields";
import { Bar } from "./resultView";
import { humanize } from "./schema";
import { acceptedType, summarize, type View } from "./view";

interface ComparisonProps {
  readonly api: Api;
  readonly described: Described;
  readonly view: View;
  readonly request: Readonly<Record<string, unknown>>;
  /** Text with suggestions. */
  readonly field: Field;
  onPick(value: string): void;
}

/** ms without a change, after which it is asked for again: later than the result itself. */
const PAUSE = 250;

/** The same request with each value that a field suggests, and without one, side by side. */
export function Comparison({ api, described, view, request, field, onPick }: ComparisonProps) {
  const { id, name, control } = field;
  const suggestions = control.kind === "text" ? control.suggestions : [];
  const current = String(request[id] ?? "");
  const choices = [
    "",
    ...suggestions,
    ...(current !== "" && !suggestions.includes(current) ? [current] : []),
  ];
  const [bodies, setBodies] = useState<ReadonlyMap<string, unknown>>(new Map());
  const { [id]: _, ...rest } = request;
  const key = JSON.stringify([rest, choices]);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(async () => {
      const requests = choices.map((choice) => (choice === "" ? rest : { ...rest, [id]: choice }));
      const found = await askAll(api, described, requests).catch(() => []);
      if (!isOver) setBodies(new Map(choices.map((choice, i) => [choice, found[i]])));
    }, PAUSE);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  const word = humanize(name).toLowerCase();
  return (
    <section class="card stack comparison" aria-label={`Side by side, by ${word}`}>
      <h2>Side by side, by {word}</h2>
      <ul class="bars">
        {choices.map((choice) => {
          const body = bodies.get(choice);
          const { text, share } =
            body === undefined ? { text: "…", share: undefined } : summarize(view, body);
          return (
            <li key={choice} class={choice === current ? "best" : undefined}>
              <button
                type="button"
                class="plain"
                aria-pressed={choice === current}
                onClick={() => onPick(choice)}
              >
                {choice === "" ? `no ${word}` : choice}
              </button>
              <Bar share={share ?? 0} />
              <span class="number">{text}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** In one request, where the endpoint takes several rows. */
async function askAll(
  api: Api,
  described: Described,
  requests: readonly object[],
): Promise<readonly unknown[]> {
  const { name, root } = described;
  const ask = async (body: object) => {
    const response = await api.call({
      endpoint: name,
      headers: { accept: acceptedType(described) },
      body: JSON.stringify(body),
    });
    return response.status < 400 ? parse(response.body) : undefined;
  };
  if (root.hasRows) {
    const body = await ask({ instances: requests });
    const rows = Array.isArray(body) ? body : Object.values(body ?? {}).find(Array.isArray);
    if (rows) return rows;
  }
  return Promise.all(requests.map(ask));
}
