import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { RequestDetail } from "../../apiTypes";
import type { Api } from "../api";
import { JsonTree } from "../shell/jsonTree";
import { href } from "../shell/route";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { milliseconds, pretty, statusClass } from "./format";
import { ReplayForm } from "./replayForm";
import { StartBadge } from "./startBadge";

/** One request: its figures, event, response and log lines, and its replay. */
export function RequestPanel({ api, id }: { readonly api: Api; readonly id: string }) {
  const loaded = useLoaded(() => api.get<RequestDetail>(`/api/requests/${encodeURIComponent(id)}`), id);
  return (
    <section class="card stack panel" aria-label="The request">
      <div class="row between">
        <h2>Request {id}</h2>
        <a class="button" href={href("watch", "requests")}>
          Close
        </a>
      </div>
      <State of={loaded}>{(detail) => <Detail api={api} detail={detail} />}</State>
    </section>
  );
}

function Detail({ api, detail }: { readonly api: Api; readonly detail: RequestDetail }) {
  const { functionName, event, response, log, invocation, isCut } = detail;
  const [isReplaying, setReplaying] = useState(false);
  return (
    <>
      <p class="mono asked">
        {detail.method} {detail.path}
      </p>
      <dl class="request-facts">
        <Fact name="Status">
          <span class={`badge ${statusClass(detail.status)}`}>{detail.status}</span>
        </Fact>
        <Fact name="Came by">{VIA[detail.via]}</Fact>
        <Fact name="Took">{milliseconds(detail.durationMs)}</Fact>
        {invocation && (
          <>
            <Fact name="Function">{functionName}</Fact>
            <Fact name="Start">
              <StartBadge initMs={invocation.initMs} />
            </Fact>
            <Fact name="Billed">{invocation.billedMs} ms</Fact>
            <Fact name="Memory">
              {invocation.maxMemoryUsedMb ?? "?"} of {invocation.memorySizeMb} MB
            </Fact>
            <Fact name="Request id" class="whole">
              <code>{invocation.requestId}</code>
            </Fact>
          </>
        )}
      </dl>
      {invocation?.error && (
        <p class="notice bad">
          {invocation.error.type}: {invocation.error.message}
        </p>
      )}
      {isCut && <p class="notice">Only the first MB of the event or the response is kept.</p>}
      {event !== undefined && functionName !== undefined && !isCut && (
        <div>
          <button type="button" aria-expanded={isReplaying} onClick={() => setReplaying(!isReplaying)}>
            Replay
          </button>
        </div>
      )}
      {isReplaying && <ReplayForm api={api} functionName={functionName} event={pretty(event ?? "")} />}
      <Text title="Response" text={response} />
      <Text title="Event" text={event} />
      <Text title="Log" text={log?.join("\n")} />
    </>
  );
}

const VIA: Readonly<Record<RequestDetail["via"], string>> = {
  functionUrl: "function URL",
  restApi: "REST API",
  invoke: "Lambda's API",
  s3: "S3's event",
};

interface FactProps {
  readonly name: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

function Fact({ name, class: place, children }: FactProps) {
  return (
    <div class={place}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Text({ title, text }: { readonly title: string; readonly text?: string }) {
  if (text === undefined) return null;
  return (
    <div>
      <h3>{title}</h3>
      <JsonTree label={title} text={text} />
    </div>
  );
}
