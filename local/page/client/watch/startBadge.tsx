/** Whether a request started an instance, and how long that took. */
export function StartBadge({ initMs }: { readonly initMs?: number }) {
  if (initMs === undefined) return <span class="badge">warm</span>;
  return <span class="badge cold">cold {Math.round(initMs)} ms</span>;
}
