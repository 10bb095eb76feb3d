import { useEffect, useState } from "preact/hooks";
import type { RequestSummary } from "../../apiTypes";
import type { Api } from "../api";

/** Requests that the page shows: as many as its server keeps. */
const MAX_SHOWN = 500;
/** ms after which a stream that broke off is asked for again. */
const RETRY_MS = 2_000;

/** The requests to the stack, newest first, as they come. */
export function useRequests(api: Api): { requests: readonly RequestSummary[]; error?: string } {
  const [requests, setRequests] = useState<readonly RequestSummary[]>([]);
  const [error, setError] = useState<string>();
  useEffect(() => {
    const ended = new AbortController();
    let batch: RequestSummary[] = [];
    const show = () => {
      const fresh = batch.reverse();
      batch = [];
      setRequests((shown) => [...fresh, ...shown].slice(0, MAX_SHOWN));
    };
    const take = (request: RequestSummary) => {
      batch.push(request);
      // Past requests come all at once.
      if (batch.length === 1) queueMicrotask(show);
    };
    const read = async () => {
      while (!ended.signal.aborted) {
        setRequests([]);
        await api
          .lines<RequestSummary>("/api/requests", take, ended.signal)
          .then(() => setError("The local cloud has ended the stream."))
          .catch((cause: Error) => cause.name !== "AbortError" && setError(cause.message));
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        if (!ended.signal.aborted) setError(undefined);
      }
    };
    void read();
    return () => ended.abort();
  }, [api]);
  return { requests, error };
}
