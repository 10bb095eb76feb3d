import type { Store, StoreList } from "../../apiTypes";
import type { Api } from "../api";
import type { HalfProps } from "../shell/halfProps";
import { href } from "../shell/route";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { bytes } from "./format";
import { ObjectPanel } from "./objectPanel";
import { Scroll } from "./scroll";

/** Buckets and volumes to look into: `#/watch/data/KIND/ID/PREFIX`, or `…/KEY` of a file. */
export function StoresView({ api, route: [kind, id, key = ""] }: HalfProps) {
  const stores = useLoaded(() => api.get<readonly Store[]>("/api/stores"));
  return (
    <>
      <h1>Data</h1>
      <State of={stores}>
        {(all) => {
          const store = all.find((each) => each.kind === kind && each.id === id) ?? all[0];
          if (store === undefined) return <p class="empty">The stack declares no bucket and no volume.</p>;
          return (
            <div class="split aside">
              <StoreLinks stores={all} shown={store} />
              <StoreBrowser
                key={`${store.id}/${key}`}
                api={api}
                store={store}
                at={store.id === id ? key : ""}
              />
            </div>
          );
        }}
      </State>
    </>
  );
}

function StoreLinks({ stores, shown }: { readonly stores: readonly Store[]; readonly shown: Store }) {
  return (
    <nav class="card links" aria-label="Buckets and volumes">
      {stores.map((store) => (
        <a
          key={store.id}
          href={href("watch", "data", store.kind, store.id)}
          aria-current={store === shown ? "page" : undefined}
        >
          {store.name} <span class="badge">{store.kind}</span>
        </a>
      ))}
    </nav>
  );
}

interface BrowserProps {
  readonly api: Api;
  readonly store: Store;
  /** A prefix that ends in a slash, or is empty; else a file's key. */
  readonly at: string;
}

function StoreBrowser({ api, store, at }: BrowserProps) {
  const prefix = at.slice(0, at.lastIndexOf("/") + 1);
  const path = `/api/stores/${store.kind}/${encodeURIComponent(store.id)}`;
  const list = useLoaded(() => api.get<StoreList>(`${path}?prefix=${encodeURIComponent(prefix)}`), prefix);
  const link = (key: string) => href("watch", "data", store.kind, store.id, key);
  return (
    <div class="stack grow">
      <Crumbs store={store} prefix={prefix} link={link} />
      <State of={list}>{(found) => <StoreTable list={found} prefix={prefix} at={at} link={link} />}</State>
      {at !== prefix && <ObjectPanel api={api} name={at} path={`${path}/${encodeURIComponent(at)}`} />}
    </div>
  );
}

type Link = (key: string) => string;

function Crumbs({
  store,
  prefix,
  link,
}: {
  readonly store: Store;
  readonly prefix: string;
  readonly link: Link;
}) {
  const parts = prefix.split("/").slice(0, -1);
  return (
    <nav class="crumbs mono" aria-label="Folders above">
      <a href={link("")}>{store.id}</a>
      {parts.map((part, index) => (
        <span key={part}>
          {" / "}
          <a href={link(`${parts.slice(0, index + 1).join("/")}/`)}>{part}</a>
        </span>
      ))}
    </nav>
  );
}

function StoreTable(props: {
  readonly list: StoreList;
  readonly prefix: string;
  readonly at: string;
  readonly link: Link;
}) {
  const { list, prefix, at, link } = props;
  if (list.folders.length === 0 && list.files.length === 0) {
    return <p class="empty">Nothing is in here.</p>;
  }
  return (
    <Scroll label="Files" class="flush">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="number">
              Size
            </th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {list.folders.map((folder) => (
            <tr key={folder}>
              <td>
                <a href={link(folder)}>{folder.slice(prefix.length)}</a>
              </td>
              <td />
              <td />
            </tr>
          ))}
          {list.files.map(({ key, bytes: size, modified }) => (
            <tr key={key} class={key === at ? "selected" : ""}>
              <td>
                <a href={link(key)} aria-current={key === at ? "true" : undefined}>
                  {key.slice(prefix.length)}
                </a>
              </td>
              <td class="number">{bytes(size)}</td>
              <td class="dim">{new Date(modified).toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.next !== undefined && <p class="more dim">Only the first {list.files.length} are listed.</p>}
    </Scroll>
  );
}
