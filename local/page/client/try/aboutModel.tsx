import type { Described } from "./described";
import { humanize } from "./schema";
import { percent } from "./view";

/** The rest of the card: the model's origin, how good it is, and what to know of it. */
export function AboutModel({ described: { about } }: { readonly described: Described }) {
  const { origin, license, metrics = {}, notes = [] } = about;
  const figures = Object.entries(metrics);
  if (origin === undefined && notes.length === 0) return null;
  return (
    <details class="card">
      <summary>About the model</summary>
      <div class="stack details">
        {figures.length > 0 && (
          <dl class="figures">
            {figures.map(([name, value]) => (
              <div key={name}>
                <dt>{humanize(name)}</dt>
                <dd>{percent(value)}</dd>
              </div>
            ))}
          </dl>
        )}
        <dl class="facts">
          {origin && <Fact name="Origin" text={origin} />}
          {license?.model && <Fact name="License" text={license.model} />}
          {license?.data && <Fact name="Data" text={license.data} />}
        </dl>
        {notes.length > 0 && (
          <ul class="notes">
            {notes.map((note) => (
              <li key={note}>{withCode(note)}</li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

/** Text with what is between backticks as code. */
function withCode(text: string) {
  return text.split("`").map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part));
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
