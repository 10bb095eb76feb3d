import { useState } from "preact/hooks";
import type { Api } from "../api";
import type { HalfProps } from "../shell/halfProps";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { Scroll } from "./scroll";

/** Report of the project's policy gate about one stack, as far as it is shown: `npm run policy -- --json`. */
interface PolicyReport {
  readonly stack: string;
  readonly profile?: string;
  readonly status: string;
  readonly error?: string;
  readonly verdicts?: readonly Verdict[];
  readonly passed?: readonly string[];
  readonly couldNotRun?: readonly { readonly rule: string; readonly why: string }[];
}

interface Verdict {
  readonly rule: string;
  readonly outcome: string;
  readonly urn?: string;
  readonly message: string;
  readonly url?: string;
}

/** The project's own policy gate, run when it is asked for: it evaluates the program. */
export function PoliciesView({ api }: HalfProps) {
  const [runs, setRuns] = useState(0);
  return (
    <>
      <div class="row between">
        <h1>Policies</h1>
        <button type="button" class="primary" onClick={() => setRuns(runs + 1)}>
          {runs === 0 ? "Judge the stack" : "Judge it again"}
        </button>
      </div>
      {runs === 0 ? (
        <section class="empty">
          <h2>Not judged yet</h2>
          <p>
            <code>npm run policy</code> evaluates the program and judges what it declares, which takes some
            seconds.
          </p>
        </section>
      ) : (
        <Reports key={runs} api={api} />
      )}
    </>
  );
}

function Reports({ api }: { readonly api: Api }) {
  const loaded = useLoaded(() => api.get<readonly PolicyReport[]>("/api/policy"));
  return (
    <State of={loaded} loading="Judging the stack…">
      {(reports) => reports.map((report) => <Report key={report.stack} {...report} />)}
    </State>
  );
}

function Report({
  stack,
  profile,
  status,
  error,
  verdicts = [],
  passed = [],
  couldNotRun = [],
}: PolicyReport) {
  return (
    <section class="stack" aria-label={`The stack ${stack}`}>
      <div class="row">
        <h2>{stack}</h2>
        <span class={`badge ${BADGES[status] ?? ""}`}>{status}</span>
        <span class="dim">
          {passed.length} rules passed, {verdicts.length} verdicts
          {profile !== undefined && `, profile ${profile}`}
        </span>
      </div>
      {error !== undefined && <p class="notice bad">{error}</p>}
      {verdicts.length > 0 && <VerdictTable verdicts={verdicts} />}
      {couldNotRun.length > 0 && (
        <p class="notice">
          Could not run: {[...new Set(couldNotRun.map(({ rule }) => rule))].join(", ")}. They need what only
          another stack or an account knows.
        </p>
      )}
      {passed.length > 0 && (
        <details class="card">
          <summary>Rules that passed</summary>
          <p class="dim">{passed.join(", ")}</p>
        </details>
      )}
    </section>
  );
}

function VerdictTable({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  return (
    <Scroll label="Verdicts" class="flush">
      <table class="wordy">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">Rule</th>
            <th scope="col">Resource</th>
            <th scope="col" class="wide">
              Message
            </th>
          </tr>
        </thead>
        <tbody>
          {groupAlike(verdicts).map(({ rule, outcome, names, message }) => (
            <tr key={`${rule} ${message}`}>
              <td>
                <span class={`badge ${BADGES[outcome] ?? ""}`}>{outcome}</span>
              </td>
              <td class="mono">{rule}</td>
              <td>{names.join(", ")}</td>
              <td>{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Verdicts of a rule that say the same of several resources, as one. */
function groupAlike(verdicts: readonly Verdict[]): (Verdict & { readonly names: readonly string[] })[] {
  const groups = new Map<string, Verdict & { readonly names: string[] }>();
  for (const verdict of verdicts) {
    const { rule, outcome, message, urn } = verdict;
    const key = JSON.stringify([rule, outcome, message]);
    const group = groups.get(key) ?? { ...verdict, names: [] };
    groups.set(key, group);
    const name = urn?.split("::").at(-1);
    if (name !== undefined) group.names.push(name);
  }
  return [...groups.values()];
}

/** An exception is neither good nor bad. */
const BADGES: Readonly<Record<string, string>> = {
  ok: "ok",
  failed: "bad",
  violation: "bad",
  incomplete: "warn",
  warning: "warn",
};
