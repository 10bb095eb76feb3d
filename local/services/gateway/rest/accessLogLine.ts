/** A stage's access log format with its `$context` variables filled in; what is not known is `-`. */
export function accessLogLine(
  format: string,
  values: Readonly<Record<string, string | number | undefined>>,
): string {
  return format.replace(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_, name: string) =>
    String((Object.hasOwn(values, name) ? values[name] : undefined) ?? "-"),
  );
}
