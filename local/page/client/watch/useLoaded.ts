import { useEffect, useState } from "preact/hooks";

/** Something that is loaded: under way, there, or failed. */
export interface Loaded<T> {
  readonly value?: T;
  readonly error?: string;
}

/**
 * Loads something when the view is shown, and again when `key` changes.
 *
 * @param load  What is loaded.
 */
export function useLoaded<T>(load: () => Promise<T>, key = ""): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T> & { readonly key: string }>({ key });
  useEffect(() => {
    let isCurrent = true;
    const set = (result: Loaded<T>) => isCurrent && setLoaded({ ...result, key });
    load().then(
      (value) => set({ value }),
      (error: Error) => set({ error: error.message }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return loaded.key === key ? loaded : {};
}
