import { useEffect, useState } from "preact/hooks";
import type { RequestSummary } from "../../apiTypes";
import type { Api } from "../api";
import { type Loaded, RETRY_MS } from "../shell/useLoaded";

/** Requests that the page shows: as many as its server keeps. */
const MAX_SHOWN = 500;

/** The requests to the stack, newest first, as they come; a stream that broke off is asked for until it goes on. */
export function useRequests(api: Api): Loaded<readonly RequestSummary[]> {
  const [loaded, setLoaded] = useState<Loaded<readonly RequestSummary[]>>({});
  useEffect(() => {
    const ended = new AbortController();
    const fail = ({ name, message }: Error) =>
      name !== "AbortError" && setLoaded((last) => ({ ...last, error: message }));
    const read = async () => {
      while (!ended.signal.aborted) {
        let before: readonly RequestSummary[] = [];
        const take = (fresh: readonly RequestSummary[]) => {
          before = [...fresh.toReversed(), ...before].slice(0, MAX_SHOWN);
          setLoaded({ value: before });
        };
        await api.lines("/api/requests", take, ended.signal).catch(fail);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    };
    void read();
    return () => ended.abort();
  }, [api]);
  return loaded;
}
