import { type Context, valuesOf } from "./context";
import { type Pattern, patternOf } from "./matchesWildcard";

const VARIABLE = /\$\{([^{}]*)\}/g;

/**
 * The pattern that a policy's text stands for in a request: variables (`${aws:userid}`, `${aws:PrincipalTag/team, 'none'}`)
 * replaced by their values, in which `*` and `?` are plain characters, as in `${*}`.
 *
 * @returns `undefined` where a variable has no value or several: such a text matches nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expandVariables(text: string, context: Context): Pattern | undefined {
  if (!text.includes("${")) return patternOf(text);
  const pattern: string[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const value = variableValue(match[1] ?? "", context);
    if (value === undefined) return undefined;
    pattern.push(...patternOf(text.slice(end, match.index)), ...value.split(""));
    end = match.index + match[0].length;
  }
  return [...pattern, ...patternOf(text.slice(end))];
}

function variableValue(variable: string, context: Context): string | undefined {
  if (variable === "*" || variable === "?" || variable === "$") return variable;
  const [name = "", fallback] = variable.split(",", 2).map((part) => part.trim());
  const [value, ...others] = valuesOf(context, name);
  return others.length === 0 ? (value ?? fallback?.replace(/^'|'$/g, "")) : undefined;
}
