/** A point in time, ms since 1970, in ISO 8601's basic form: `20260102T030405Z`. */
export function isoBasic(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
