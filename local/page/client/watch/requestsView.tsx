import { useState } from "preact/hooks";
import type { RequestSummary } from "../../apiTypes";
import type { HalfProps } from "../shell/halfProps";
import { href } from "../shell/route";
import { State } from "../shell/state";
import { clock, milliseconds, statusClass } from "./format";
import { Plots } from "./plots";
import { ReplayForm } from "./replayForm";
import { RequestPanel } from "./requestPanel";
import { Scroll } from "./scroll";
import { StartBadge } from "./startBadge";
import { useRequests } from "./useRequests";

/** The requests as they come, with plots over time and one request's details. */
export function RequestsView({ api, route: [selected] }: HalfProps) {
  const loaded = useRequests(api);
  const [isReplaying, setReplaying] = useState(false);
  return (
    <>
      <div class="row between">
        <h1>Requests</h1>
        <button type="button" aria-expanded={isReplaying} onClick={() => setReplaying(!isReplaying)}>
          Replay an event
        </button>
      </div>
      {isReplaying && <ReplayForm api={api} event="{}" />}
      <State of={loaded}>
        {(requests) =>
          requests.length === 0 ? (
            <NoRequests />
          ) : (
            <>
              <Plots requests={requests} />
              <div class={selected === undefined ? "" : "split"}>
                <RequestTable requests={requests} selected={selected} />
                {selected !== undefined && <RequestPanel key={selected} api={api} id={selected} />}
              </div>
            </>
          )
        }
      </State>
    </>
  );
}

function NoRequests() {
  return (
    <section class="empty">
      <h2>No requests yet</h2>
      <p>
        Ask a model under <a href={href("try")}>Try</a>, or run a <code>curl</code> that{" "}
        <code>npm start</code> prints: each request appears here as it is answered.
      </p>
    </section>
  );
}

function RequestTable({
  requests,
  selected,
}: {
  readonly requests: readonly RequestSummary[];
  readonly selected?: string;
}) {
  return (
    <Scroll label="Requests, newest first" class="flush requests">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Status</th>
            <th scope="col">Function</th>
            <th scope="col" class="asked">
              Request
            </th>
            <th scope="col" class="start">
              Start
            </th>
            <th scope="col" class="number">
              Billed
            </th>
            <th scope="col" class="number">
              Memory
            </th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <RequestRow key={request.id} request={request} isSelected={request.id === selected} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function RequestRow({
  request: { id, time, status, functionName, method, path, durationMs, invocation },
  isSelected,
}: {
  readonly request: RequestSummary;
  readonly isSelected: boolean;
}) {
  return (
    <tr class={isSelected ? "selected" : ""}>
      <td class="mono">{clock(time)}</td>
      <td>
        <span class={`badge ${statusClass(status)}`}>{status}</span>
      </td>
      <td>
        <a href={href("watch", "requests", id)} aria-current={isSelected ? "true" : undefined}>
          {functionName ?? "none"}
        </a>
      </td>
      <td class="mono asked">
        {method} {path}
      </td>
      <td class="start">{invocation && <StartBadge initMs={invocation.initMs} />}</td>
      <td class="number">{invocation ? `${invocation.billedMs} ms` : milliseconds(durationMs)}</td>
      <td class="number">
        {invocation?.maxMemoryUsedMb !== undefined && `${invocation.maxMemoryUsedMb} MB`}
      </td>
    </tr>
  );
}
