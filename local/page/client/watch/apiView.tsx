import type { HalfProps } from "../shell/halfProps";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { Scroll } from "./scroll";

/** The parts of an OpenAPI document that the table shows. */
interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly responses?: Readonly<Record<string, unknown>>;
}

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options"];

/** The stack's OpenAPI document as a table. */
export function ApiView({ api }: HalfProps) {
  const loaded = useLoaded(() => api.get<OpenApiDocument>("/api/openapi"));
  return (
    <>
      <h1>API</h1>
      <p class="dim">
        The stack's OpenAPI document, as <code>npm run -s openapi</code> prints it.
      </p>
      <State of={loaded} loading="Asking the endpoints what they say of themselves…">
        {(document) => <OperationTable document={document} />}
      </State>
    </>
  );
}

function OperationTable({ document: { paths } }: { readonly document: OpenApiDocument }) {
  const rows = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
  return (
    <Scroll label="Operations" class="flush">
      <table class="wordy">
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Path</th>
            <th scope="col" class="wide">
              What it does
            </th>
            <th scope="col">Responses</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, method, operation }) => (
            <tr key={`${method} ${path}`}>
              <td>
                <span class="badge">{method.toUpperCase()}</span>
              </td>
              <td class="mono">{path}</td>
              <td>{operation.summary ?? operation.description}</td>
              <td class="dim">{Object.keys(operation.responses ?? {}).join(" ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
