import type { Api } from "../api";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { AboutModel } from "./aboutModel";
import { type Described, readDescription } from "./described";
import { FormPanel } from "./formPanel";
import { ImagePanel } from "./imagePanel";
import { ProtocolPanel } from "./protocolPanel";
import { ScenePanel } from "./scenePanel";

/** One endpoint: what it does, how to ask it, and what is known of its model. */
export function EndpointPanel({ api, name }: { readonly api: Api; readonly name: string }) {
  const loaded = useLoaded(async () => readDescription(await api.endpoint(name)), name);
  return (
    <section class="stack">
      {loaded.value === undefined && <h1>{name}</h1>}
      <State of={loaded} loading={`Asking ${name} what it does…`}>
        {(described) => {
          const Panel = panelOf(described);
          return (
            <>
              <header class="about">
                <h1>{described.title}</h1>
                <p class="dim">{described.description}</p>
              </header>
              <Panel api={api} described={described} />
              <AboutModel described={described} />
            </>
          );
        }}
      </State>
    </section>
  );
}

function panelOf({ isProtocol, upload, root }: Described) {
  if (isProtocol) return ProtocolPanel;
  if (upload) return ScenePanel;
  return root.fileTypes.some((type) => type.startsWith("image/")) ? ImagePanel : FormPanel;
}
