import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api";

/** Something that is loaded: under way, there, or failed; after a failure also what was there before. */
export interface Loaded<T> {
  readonly value?: T;
  readonly error?: string;
}

/** ms after which a server that did not answer, or whose stream broke off, is asked again. */
export const RETRY_MS = 2_000;

/**
 * Loads something when the view is shown, and again when `key` changes. A local cloud that does not answer is asked until it
 * does: it may be starting again.
 *
 * @param load   What is loaded.
 * @param again  ms after which it is loaded again, while the page is seen. @default never
 */
export function useLoaded<T>(load: () => Promise<T>, key = "", again?: number): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T> & { readonly key: string }>({ key });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const next = (ms: number) => {
      timer = setTimeout(() => (document.hidden ? next(ms) : read()), ms);
    };
    const read = async () => {
      const wait = await load().then(
        (value) => {
          // A view is not made again for what it shows already.
          if (isCurrent) setLoaded((last) => (isDeepEqual(last, { value, key }) ? last : { value, key }));
          return again;
        },
        (error: Error) => {
          if (isCurrent) setLoaded((last) => ({ ...(last.key === key && last), error: error.message, key }));
          return error instanceof ApiError && error.status === 0 ? RETRY_MS : undefined;
        },
      );
      if (isCurrent && wait !== undefined) next(wait);
    };
    void read();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key]);
  return loaded.key === key ? loaded : {};
}

function isDeepEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
