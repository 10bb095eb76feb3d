import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createApi } from "../api";
import { Try } from "../try";
import type { HalfProps } from "./halfProps";
import { href, useRoute } from "./route";

const HALVES = [
  { name: "try", label: "Try" },
  { name: "watch", label: "Watch" },
] as const;

/** The page: its head, and the half that the address names. @param secret  Empty where there is none. */
export function App({ secret }: { readonly secret: string }) {
  const [isRejected, setRejected] = useState(false);
  const api = useMemo(() => createApi(secret, () => setRejected(true)), [secret]);
  const [half = "try", ...route] = useRoute();
  const main = useRef<HTMLElement>(null);
  const shown = HALVES.find(({ name }) => name === half) ?? HALVES[0];
  useEffect(() => {
    document.title = `${shown.label} · paddock`;
  }, [shown]);
  return (
    <>
      <header class="head">
        {/* A link's fragment would be a route. */}
        <button type="button" class="skip" onClick={() => main.current?.focus()}>
          Skip to the content
        </button>
        <a class="brand" href={href("try")}>
          <img src="/icon.svg" alt="" width="24" height="24" />
          paddock
        </a>
        <nav class="tabs" aria-label="Page">
          {HALVES.map(({ name, label }) => (
            <a key={name} href={href(name)} aria-current={shown.name === name ? "page" : undefined}>
              {label}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {secret === "" || isRejected ? (
          <NoSecret isRejected={isRejected} />
        ) : (
          <Half name={shown.name} api={api} route={route} />
        )}
      </main>
    </>
  );
}

function Half({ name, ...props }: HalfProps & { readonly name: "try" | "watch" }) {
  const [Watch, setWatch] = useState<ComponentType<HalfProps>>();
  useEffect(() => {
    // Plots and layout of graphs are loaded when they are needed.
    if (name === "watch") void import("../watch").then((loaded) => setWatch(() => loaded.Watch));
  }, [name]);
  if (name === "try") return <Try {...props} />;
  return Watch ? <Watch {...props} /> : <p class="loading">Loading…</p>;
}

function NoSecret({ isRejected }: { readonly isRejected: boolean }) {
  return (
    <section class="empty">
      <h1>{isRejected ? "This page needs another secret" : "This page needs its secret"}</h1>
      <p>
        Open the address that <code>npm start</code> prints{isRejected && " now"}, or press <kbd>o</kbd> in
        its terminal: the part behind <code>#</code> lets this page call the local cloud, and keeps other
        pages out.
      </p>
    </section>
  );
}
