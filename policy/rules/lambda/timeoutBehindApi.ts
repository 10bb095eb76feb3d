import { stackRule } from "../../lib/rule";

/** API Gateway's default, where an integration sets no timeout. */
const DEFAULT_TIMEOUT_MS = 29_000;

export const lambdaTimeoutBehindApi = stackRule({
  name: "lambda-timeout-behind-api",
  title: "A function behind the REST API ends before the API stops waiting",
  why: "The caller gets a 504 after 29 s, while the function goes on, is paid for, and its answer is thrown away.",
  cure: "Shorten the function's `timeout`, or answer later: a result in a bucket, a function URL.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
  types: ["aws:lambda/function:Function"],
  limits: { maxSeconds: 29 },
  check(fn, { limits: { maxSeconds }, stack }) {
    const integrations = stack.referring(fn, "aws:apigateway/integration:Integration", "uri");
    const waits = integrations.map(({ props }) => (props.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MS) / 1000);
    const shortest = Math.min(maxSeconds, ...waits);
    const timeout = fn.props.timeout ?? 3;
    if (integrations.length === 0 || timeout <= shortest) return undefined;
    return { found: `timeout ${timeout} s behind the REST API`, allowed: `at most ${shortest} s` };
  },
});
