import { useCallback, useRef, useState } from "preact/hooks";
import type { Api, CallRequest, CallResponse } from "../api";

/** A request that was sent: what came back last, and whether the next one is under way. */
export interface Outcome {
  readonly isBusy: boolean;
  readonly response?: CallResponse;
  /** The page's server did not send it on. */
  readonly error?: string;
}

/** Sends requests to an endpoint one after the other; a response that a newer request overtook is dropped. */
export function useCall(api: Api) {
  const [outcome, setOutcome] = useState<Outcome>({ isBusy: false });
  const newest = useRef(0);
  const send = useCallback(
    async (request: CallRequest): Promise<CallResponse | undefined> => {
      const number = ++newest.current;
      setOutcome((last) => ({ ...last, isBusy: true }));
      const next = await api.call(request).then(
        (response): Outcome => ({ isBusy: false, response }),
        (error: Error): Outcome => ({ isBusy: false, error: error.message }),
      );
      if (number !== newest.current) return undefined;
      setOutcome(next);
      return next.response;
    },
    [api],
  );
  const reset = useCallback(() => {
    newest.current++;
    setOutcome({ isBusy: false });
  }, []);
  return { outcome, send, reset };
}
