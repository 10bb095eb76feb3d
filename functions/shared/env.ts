/**
 * Reads environment variables once, at load.
 *
 * @param parsers Parser of each variable; it gets the value and throws an Error that says what is allowed. A variable
 * that is unset or empty is `undefined`.
 * @throws Error  One line that names every missing or invalid variable.
 */
export function readEnv<T extends Record<string, (text: string | undefined) => unknown>>(
  parsers: T,
  env: NodeJS.ProcessEnv = process.env,
): { [K in keyof T]: ReturnType<T[K]> } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, parse] of Object.entries(parsers)) {
    try {
      values[name] = parse(env[name] || undefined);
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new Error(`Environment: ${problems.join("; ")}`);
  return values as { [K in keyof T]: ReturnType<T[K]> };
}

/** Any string, required. */
export function required(text: string | undefined): string {
  if (text === undefined) throw new Error("is not set");
  return text;
}

/** Any string, or `undefined`. */
export function optional(text: string | undefined): string | undefined {
  return text;
}

/** A number from `min` to `max`; `fallback` if the variable is not set. */
export function numberBetween(min: number, max: number, fallback: number) {
  return (text: string | undefined): number => {
    const value = text === undefined ? fallback : Number(text);
    if (!(value >= min && value <= max))
      throw new Error(`must be a number from ${min} to ${max}, is "${text}"`);
    return value;
  };
}
