import type { Api } from "../api";
import { JsonTree } from "../shell/jsonTree";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { useObjectUrl } from "../shell/useObjectUrl";
import { bytes } from "./format";

interface ObjectPanelProps {
  readonly api: Api;
  readonly name: string;
  /** On the page's API. */
  readonly path: string;
}

/** A file's content as text or as an image; nothing of it is run. */
export function ObjectPanel({ api, name, path }: ObjectPanelProps) {
  const loaded = useLoaded(async () => {
    const { as, size, blob } = await api.content(path);
    return as === "image" ? { as, size, image: blob } : { as, size, text: await blob.text() };
  }, path);
  const image = useObjectUrl(loaded.value?.image);
  return (
    <section class="card stack" aria-label="Content">
      <State of={loaded}>
        {({ as, size, text }) => (
          <>
            <div class="row between">
              <h2 class="mono">{name.split("/").at(-1)}</h2>
              <span class="dim">
                {bytes(size)}
                {as === "hex" && ", the first 1 KB in hexadecimal"}
              </span>
            </div>
            {image === undefined ? (
              <JsonTree label="Text of the file" text={text ?? ""} />
            ) : (
              <img class="shown" src={image} alt={name} />
            )}
          </>
        )}
      </State>
    </section>
  );
}
