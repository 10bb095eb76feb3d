import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ACCOUNT_ID } from "../cloud/accountId";
import type { Properties, Value } from "../resources/value";

/** Begins every text that stands for what AWS would have said. */
const PREFIX = "placeholder-";

/** Programs take these two apart, so they have their form: an ARN, and addresses that are for documentation only. */
const ARN = `arn:aws:placeholder:us-east-1:${ACCOUNT_ID}:${PREFIX}arn`;
const CIDR_BLOCK = "192.0.2.0/24";

/** How many there are of a list: programs take the first two or three subnets, zones, names. */
const LIST_LENGTH = 3;

/** Nested types refer to each other in circles now and then. */
const MAX_DEPTH = 5;

/** Whether a value is a placeholder, whole: a rule that needs it cannot judge. */
export function isPlaceholder(value: unknown): boolean {
  return (
    typeof value === "string" && (/^placeholder-[\w-]+$/.test(value) || value === ARN || value === CIDR_BLOCK)
  );
}

/**
 * A result for a provider's function that nobody can ask here: each property has a value of its type, read from the
 * function's declaration in the provider's npm package; what the program asked for comes back as it is.
 *
 * @param token  E.g. `aws:ec2/getVpc:getVpc`.
 * @param program  Absolute path in the folder whose packages count.
 */
export function placeholderResult(token: string, inputs: Properties, program: string): Properties {
  const [provider = "", module = "", name = ""] = token.split(":");
  const declarations = readDeclarations(provider, module, name, program);
  const result = `${name.charAt(0).toUpperCase()}${name.slice(1)}Result`;
  const made =
    declarations === undefined ? {} : placeholdersOf(declarations.own, result, declarations.types, 0);
  return { id: `${PREFIX}id`, ...made, ...inputs };
}

interface Declarations {
  /** The function's own file. */
  readonly own: string;
  /** The file with the nested types of all functions, read when one is needed. */
  readonly types: () => string;
}

function readDeclarations(
  provider: string,
  module: string,
  name: string,
  program: string,
): Declarations | undefined {
  const folder = packageFolder(provider, program);
  if (folder === undefined) return undefined;
  const [namespace = ""] = module.split("/");
  const file = [path.join(folder, namespace, `${name}.d.ts`), path.join(folder, `${name}.d.ts`)].find((one) =>
    fs.existsSync(one),
  );
  if (file === undefined) return undefined;
  const types = path.join(folder, "types", "output.d.ts");
  return {
    own: fs.readFileSync(file, "utf8"),
    types: () => (fs.existsSync(types) ? fs.readFileSync(types, "utf8") : ""),
  };
}

function packageFolder(provider: string, program: string): string | undefined {
  for (const from of [program, __filename]) {
    try {
      return path.dirname(createRequire(from).resolve(`@pulumi/${provider}/package.json`));
    } catch {
      // Not there: the next place.
    }
  }
  return undefined;
}

/** A value for each property of a generated interface, which has a property a line. */
function placeholdersOf(text: string, name: string, types: () => string, depth: number): Properties {
  const start = text.search(new RegExp(`^\\s*(export )?interface ${name} \\{$`, "m"));
  if (start < 0 || depth > MAX_DEPTH) return {};
  const body = bodyFrom(text, start);
  const properties = body.matchAll(/^\s*(?:readonly )?(\w+)(\??): ([^;{]+|\{[^}]*\});$/gm);
  return Object.fromEntries(
    [...properties].flatMap(([, property = "", optional, type = ""]) =>
      optional ? [] : [[property, placeholderOf(property, type.trim(), types, depth)]],
    ),
  );
}

/** The text between an interface's braces. */
function bodyFrom(text: string, start: number): string {
  const open = text.indexOf("{", start);
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return text.slice(open + 1, at);
  }
  return "";
}

function placeholderOf(property: string, type: string, types: () => string, depth: number): Value {
  if (type.endsWith("[]")) {
    const item = type.slice(0, -2);
    const one = property.replace(/s$/, "");
    return item === "string"
      ? Array.from({ length: LIST_LENGTH }, (_, index) => `${PREFIX}${one}-${index + 1}`)
      : [placeholderOf(one, item, types, depth)];
  }
  if (type === "number") return 1;
  if (type === "boolean") return false;
  if (type.startsWith("{")) return {};
  const nested = /^outputs\.(?:[\w.]+\.)?(\w+)$/.exec(type)?.[1];
  if (nested !== undefined) return placeholdersOf(types(), nested, types, depth + 1);
  if (/arn$/i.test(property)) return ARN;
  return /cidrBlock$/i.test(property) ? CIDR_BLOCK : `${PREFIX}${property}`;
}
