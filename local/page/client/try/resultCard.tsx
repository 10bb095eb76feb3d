import type { ComponentChildren } from "preact";
import { JsonTree } from "../shell/jsonTree";
import { parse, readFailure } from "./failure";
import type { Outcome } from "./useCall";

interface ResultCardProps {
  readonly outcome: Outcome;
  /** Says what is to be done for a result. */
  readonly hint: string;
  /** Says what is being done. @default "Asking the model…" */
  readonly busy?: string;
  /** Shows the body of a 200. */
  show(body: unknown): ComponentChildren;
  /** Content that is there whether it responded or not. */
  readonly children?: ComponentChildren;
}

/** The response of an endpoint as it comes, or why there is none; also for a person who does not see it. */
export function ResultCard({ outcome, hint, busy = "Asking the model…", show, children }: ResultCardProps) {
  const { isBusy, response, error } = outcome;
  return (
    <section class="card result" aria-label="Result" aria-busy={isBusy}>
      <div aria-live="polite" class="stack">
        {error !== undefined && <p class="notice bad">{error}</p>}
        {response && response.status >= 400 && (
          <p class="notice bad">{readFailure(response.status, response.body).message}</p>
        )}
        {response && response.status < 400 && show(parse(response.body))}
        {response === undefined && error === undefined && <p class="dim waiting">{isBusy ? busy : hint}</p>}
      </div>
      {children}
      {response && (
        <footer class="dim">
          <span class={`badge ${response.status < 400 ? "ok" : "bad"}`}>{response.status}</span>
          <span>{response.ms} ms</span>
          {response.requestId && (
            <span>
              Request <code>{response.requestId}</code>
            </span>
          )}
          <details>
            <summary>Response</summary>
            <JsonTree label="Body of the response" text={response.body} />
          </details>
        </footer>
      )}
    </section>
  );
}
