/** `1.4 MB` */
export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `12 ms`, `1.4 ms` */
export function milliseconds(ms: number): string {
  return `${ms >= 10 ? Math.round(ms) : Math.round(ms * 10) / 10} ms`;
}

/** `14:03:59`, by this machine's clock. */
export function clock(time: string): string {
  return new Date(time).toTimeString().slice(0, 8);
}

/** JSON with line breaks; other text as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** Class of a badge for an HTTP status. */
export function statusClass(status: number): string {
  if (status >= 500) return "bad";
  return status >= 400 ? "warn" : "ok";
}
