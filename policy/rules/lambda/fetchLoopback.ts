import { resourceRule } from "../../lib/rule";

/** Set by the local cloud (`local/services/lambda/localEnvironment.ts`). */
const VARIABLE = "PADDOCK_FETCH_LOOPBACK";

export const lambdaFetchLoopback = resourceRule({
  name: "lambda-fetch-loopback",
  title: "No function's environment lets callers' URLs reach the function's own machine",
  why: "On Lambda the Runtime API listens there, which hands out other callers' requests.",
  cure: "Leave `PADDOCK_FETCH_LOOPBACK` out; the local cloud sets it by itself.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { environment } }) {
    return VARIABLE in (environment?.variables ?? {})
      ? { found: `\`${VARIABLE}\` in its environment`, allowed: "only the local cloud's" }
      : undefined;
  },
});
