import { useEffect, useState } from "preact/hooks";
import type { Api } from "../api";
import { AboutModel } from "./aboutModel";
import { type Described, readDescription } from "./described";
import { FormPanel } from "./formPanel";
import { ImagePanel } from "./imagePanel";
import { ProtocolPanel } from "./protocolPanel";
import { ScenePanel } from "./scenePanel";

/** One endpoint: what it does, how to ask it, and what is known of its model. */
export function EndpointPanel({ api, name }: { readonly api: Api; readonly name: string }) {
  const [described, setDescribed] = useState<Described>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    const read = async () => {
      const found = readDescription(await api.endpoint(name));
      if ("error" in found) setError(found.error);
      else setDescribed(found);
    };
    read().catch((error: Error) => setError(error.message));
  }, [api, name]);
  if (error !== undefined) {
    return (
      <section class="stack">
        <h1>{name}</h1>
        <p class="notice bad" role="alert">
          {error}
        </p>
      </section>
    );
  }
  if (described === undefined)
    return (
      <p class="loading" role="status">
        Asking {name} what it does…
      </p>
    );
  const Panel = panelOf(described);
  return (
    <section class="stack">
      <header class="about">
        <h1>{described.title}</h1>
        <p class="dim">{described.description}</p>
      </header>
      <Panel api={api} described={described} />
      <AboutModel described={described} />
    </section>
  );
}

function panelOf({ isProtocol, upload, root }: Described) {
  if (isProtocol) return ProtocolPanel;
  if (upload) return ScenePanel;
  return root.fileTypes.some((type) => type.startsWith("image/")) ? ImagePanel : FormPanel;
}
