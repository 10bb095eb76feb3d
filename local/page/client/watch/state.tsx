import type { ComponentChildren } from "preact";
import type { Loaded } from "./useLoaded";

/** Shows what was loaded, or that it is being loaded, or why it is not there. */
export function State<T>({
  of,
  loading = "Loading…",
  children,
}: {
  readonly of: Loaded<T>;
  readonly loading?: string;
  readonly children: (value: T) => ComponentChildren;
}) {
  if (of.error !== undefined)
    return (
      <p class="notice bad" role="alert">
        {of.error}
      </p>
    );
  if (of.value === undefined)
    return (
      <p class="loading" role="status">
        {loading}
      </p>
    );
  return <>{children(of.value)}</>;
}
