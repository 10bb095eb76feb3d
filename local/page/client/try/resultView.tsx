import { humanize } from "./schema";
import { memberOf, percent, readShares, readVerdict, type Share, type View } from "./view";

/** A response as a person wants it, by the view that its schema asks for. */
export function ResultView({ view, body }: { readonly view: View; readonly body: unknown }) {
  switch (view.kind) {
    case "score":
      return <Score value={Number(body)} what={view.what} />;
    case "classes":
      return <Classes shares={readShares(view, body)} />;
    case "verdict":
      return (
        <p class="verdict">
          <strong>{readVerdict(view, body)}</strong>
        </p>
      );
    default:
      return <Members body={body} />;
  }
}

/** The likeliest class, and a bar for each. */
export function Classes({ shares }: { readonly shares: readonly Share[] }) {
  const best = shares.reduce<Share | undefined>(
    (a, b) => (a === undefined || b.value > a.value ? b : a),
    undefined,
  );
  return (
    <>
      <p class="verdict">
        <strong>{best?.label}</strong>
      </p>
      <ul class="bars">
        {shares.map((share) => (
          <li key={share.label} class={share === best ? "best" : undefined}>
            <span>{share.label}</span>
            <Bar share={share.value} />
            <span class="number">{percent(share.value)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Bar({ share }: { readonly share: number }) {
  return (
    <span class="bar" aria-hidden="true">
      <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
    </span>
  );
}

function Score({ value, what }: { readonly value: number; readonly what: string }) {
  return (
    <>
      <p class="verdict">
        <strong>{percent(value)}</strong>
      </p>
      <Bar share={value} />
      {what !== "" && <p class="dim">{what}</p>}
    </>
  );
}

/** A response of no known kind: its members by name, and the text itself where it has none. */
function Members({ body }: { readonly body: unknown }) {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return (
      <p class="verdict">
        <strong>{typeof body === "string" ? body : JSON.stringify(body)}</strong>
      </p>
    );
  }
  return (
    <dl class="facts">
      {Object.keys(body).map((name) => (
        <div key={name}>
          <dt>{humanize(name)}</dt>
          <dd>{shown(memberOf(body, name))}</dd>
        </div>
      ))}
    </dl>
  );
}

const MAX_SHOWN = 500;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
