import type { ComponentChildren } from "preact";
import type { Loaded } from "./useLoaded";

/** Shows what was loaded, or that it is being loaded; and why it is not there, or not there any more. */
export function State<T>({
  of,
  loading = "Loading…",
  children,
}: {
  readonly of: Loaded<T>;
  readonly loading?: string;
  readonly children: (value: T) => ComponentChildren;
}) {
  const { value, error } = of;
  return (
    <>
      {error !== undefined && (
        <p class="notice bad" role="alert">
          {error}
        </p>
      )}
      {value === undefined && error === undefined && (
        <p class="loading" role="status">
          {loading}
        </p>
      )}
      {value !== undefined && children(value)}
    </>
  );
}
