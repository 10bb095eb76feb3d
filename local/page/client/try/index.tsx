import type { Endpoint } from "../../apiTypes";
import type { HalfProps } from "../shell/halfProps";
import { href } from "../shell/route";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { EndpointPanel } from "./endpointPanel";

/** ms after which the endpoints are asked for again: a new one appears by itself. */
const AGAIN_MS = 3_000;

/** The half of the page on which a person asks the models. */
export function Try({ api, route: [name] }: HalfProps) {
  const loaded = useLoaded(() => api.endpoints(), "", AGAIN_MS);
  return <State of={loaded}>{(endpoints) => <Endpoints {...{ api, endpoints, name }} />}</State>;
}

interface EndpointsProps extends Pick<HalfProps, "api"> {
  readonly endpoints: readonly Endpoint[];
  /** The one that the address names. @default the first one */
  readonly name: string | undefined;
}

function Endpoints({ api, endpoints, name }: EndpointsProps) {
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
