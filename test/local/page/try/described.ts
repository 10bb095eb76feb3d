import type { DescribedEndpoint } from "../../../../local/page/apiTypes";
import { type Described, readDescription } from "../../../../local/page/client/try/described";

/** An endpoint of no model, as the page's API describes it; `said` is what its `GET` gives. */
export function describedEndpoint(
  said: Readonly<Record<string, unknown>>,
  others: DescribedEndpoint["describes"] = {},
): DescribedEndpoint {
  const names = { name: "invented", functionName: "invented-1a2b3c4", functionUrl: "http://127.0.0.1:1/" };
  const root = { description: "Invented.", response: {}, ...said };
  return { ...names, authorization: "NONE", describes: { "/": root, ...others } };
}

/** The same, as the page reads it. */
export function readDescribed(
  said: Readonly<Record<string, unknown>>,
  others?: DescribedEndpoint["describes"],
): Described {
  return readDescription(describedEndpoint(said, others));
}
