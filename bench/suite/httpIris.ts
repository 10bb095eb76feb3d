import type { Benchmark } from "../lib/benchmark";
import { ABOUT, BENTOML, irisServers, LITSERVE, PADDOCK } from "../lib/irisServers";

const CONNECTIONS = 32;
const REQUESTS = 1_000;

const OBSTACLE =
  "A function's own process is a hop more each way: the bare loop, which does nothing but these hops, has 3.3 times BentoML's requests and 2.4 times LitServe's. The local cloud's own process is busy all the time, and takes 2.4 times the bare loop's processor time for a request: 1.7 times for what Lambda does with an empty handler (IAM, the event, metrics, the report), the rest for the endpoint's log line, log files, the terminal and the page's list.";

export const benchmark: Benchmark = {
  name: "httpIris",
  title: "Requests for iris over HTTP, 32 connections",
  about: `${ABOUT} The sample is ${REQUESTS} requests over the time that ${CONNECTIONS} connections take for them.`,
  unit: "requests/s",
  rounds: 10,
  variants: async (context) =>
    irisServers(context, {
      connections: CONNECTIONS,
      requests: REQUESTS,
      samples: ({ latencies, seconds }) => [latencies.length / seconds],
    }),
  goals: [
    { variant: PADDOCK, against: BENTOML, atLeast: 3, obstacle: OBSTACLE },
    { variant: PADDOCK, against: LITSERVE, atLeast: 3, obstacle: OBSTACLE },
  ],
};
