import { useEffect, useState } from "preact/hooks";
import type { Endpoint } from "../../apiTypes";
import type { HalfProps } from "../shell/halfProps";

/** The half of the page on which a person asks the models. */
export function Try({ api }: HalfProps) {
  const [endpoints, setEndpoints] = useState<readonly Endpoint[]>([]);
  useEffect(() => {
    void api.endpoints().then(setEndpoints);
  }, [api]);
  return (
    <section>
      <h1>Endpoints</h1>
      <ul>
        {endpoints.map(({ name }) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  );
}
