import { cut, shown } from "../shared/shown";
import { exactNumber, parseExactly, stringifyExactly } from "./exactJson";
import { BadRow, isColumnOf } from "./rawRow";
import { NotByRow, ROWS_AT_ONCE, type Target } from "./target";

/** The part of an endpoint's own description, its `GET`, that is read here. */
export interface EndpointDescription {
  /** The JSON Schema of a request. */
  readonly request: {
    readonly properties?: Readonly<Record<string, { readonly type?: unknown }>>;
    readonly required?: readonly string[];
  };
  /** There if the endpoint takes `{"instances": [row, …]}`. */
  readonly rows?: unknown;
  /** There if the endpoint serves the Open Inference Protocol. */
  readonly protocol?: unknown;
}

/** Asks an endpoint that takes JSON objects: in groups where it takes `instances`, otherwise row by row. */
export function jsonTarget({ request, rows }: EndpointDescription): Target {
  const { properties = {}, required = [] } = request;
  const byName = new Map(Object.entries(properties));
  const isText = (name: string) => byName.get(name)?.type === "string";
  const lists = [...byName].flatMap(([name, { type }]) => (type === "array" ? [name] : []));
  // A row of an array is the list of a request that asks for nothing else.
  const [only = ""] = required.length === 1 ? required : [];
  return {
    path: "/",
    rowsAtOnce: rows === undefined ? 1 : ROWS_AT_ONCE,
    aboutAll: [],

    readRow(row) {
      switch (row.kind) {
        case "wrong":
          throw new BadRow(row.problem);
        case "json":
          return row.value;
        case "numbers":
          if (lists.includes(only)) return { [only]: row.values };
          if (row.values.length !== required.length) {
            throw new BadRow(`The row has ${row.values.length} numbers, the request ${fieldsOf(required)}`);
          }
          return Object.fromEntries(required.map((name, i) => [name, row.values[i]]));
        case "text": {
          const fields = new Map<string, unknown>();
          for (const [i, column] of row.columns.entries()) {
            const value = cellOf(row.cells[i] ?? "", isText(column));
            if (value === undefined) continue;
            const list = lists.find((name) => isColumnOf(name, column));
            if (list === undefined && fields.has(column)) {
              throw new BadRow(`The column ${shown(column)} is there twice`);
            }
            if (list === undefined) fields.set(column, value);
            else if (fields.has(list)) (fields.get(list) as unknown[]).push(value);
            else fields.set(list, [value]);
          }
          return Object.fromEntries(fields);
        }
      }
    },

    writeRequest: (asked) => stringifyExactly(rows === undefined ? asked[0] : { instances: asked }),

    readResponse(body, count) {
      if (rows === undefined) return [readBody(body)];
      const response = parseExactly(body);
      const values = Array.isArray(response)
        ? response
        : (response as { predictions?: unknown })?.predictions;
      if (!Array.isArray(values) || values.length !== count)
        throw new NotByRow(`${count} rows: ${cut(body)}`);
      return values;
    },
  };
}

/** Numbers are numbers; an empty cell is a field that is absent. */
export function cellOf(cell: string, isText: boolean): unknown {
  if (cell === "") return undefined;
  if (isText || !/^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(cell)) return cell;
  return exactNumber(cell.trim());
}

/** Endpoints answer JSON, or plain text. */
function readBody(body: string): unknown {
  try {
    return parseExactly(body);
  } catch {
    return body;
  }
}

function fieldsOf(required: readonly string[]): string {
  return required.length === 0 ? "no numbers alone" : `takes ${required.length}: ${required.join(", ")}`;
}
