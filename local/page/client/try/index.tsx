import { useEffect, useState } from "preact/hooks";
import type { Endpoint } from "../../apiTypes";
import type { HalfProps } from "../shell/halfProps";
import { href } from "../shell/route";
import { EndpointPanel } from "./endpointPanel";

/** The half of the page on which a person asks the models. */
export function Try({ api, route: [name] }: HalfProps) {
  const [endpoints, setEndpoints] = useState<readonly Endpoint[]>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    api.endpoints().then(setEndpoints, (error: Error) => setError(error.message));
  }, [api]);
  if (error !== undefined)
    return (
      <p class="notice bad" role="alert">
        {error}
      </p>
    );
  if (endpoints === undefined) return <p class="loading">Loading…</p>;
  const shown = endpoints.find((each) => each.name === name) ?? endpoints[0];
  if (shown === undefined) {
    return (
      <section class="empty">
        <h1>No endpoint yet</h1>
        <p>
          The stack declares no function with an address. <code>npm run new -- NAME --model FILE</code> adds
          one, and it appears here.
        </p>
      </section>
    );
  }
  return (
    <div class="try">
      <nav class="models" aria-label="Models">
        {endpoints.map((each) => (
          <a key={each.name} href={href("try", each.name)} aria-current={each === shown ? "page" : undefined}>
            {each.name}
          </a>
        ))}
      </nav>
      <EndpointPanel key={shown.name} api={api} name={shown.name} />
    </div>
  );
}
