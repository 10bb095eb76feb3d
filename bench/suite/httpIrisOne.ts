import type { Benchmark } from "../lib/benchmark";
import { ABOUT, BENTOML, irisServers, LITSERVE, PADDOCK } from "../lib/irisServers";

const OBSTACLE =
  "The bare loop, which isolates the handler and does nothing else, takes a third to a half of what these servers take: a request's four messages between two processes are its time.";

export const benchmark: Benchmark = {
  name: "httpIrisOne",
  title: "A request for iris over HTTP, one connection",
  about: `${ABOUT} The sample is the time from a request's first byte to its response's last one.`,
  unit: "µs",
  rounds: 10,
  variants: async (context) =>
    irisServers(context, { connections: 1, requests: 300, samples: ({ latencies }) => latencies }),
  goals: [
    { variant: BENTOML, against: PADDOCK, atLeast: 3, obstacle: OBSTACLE },
    { variant: LITSERVE, against: PADDOCK, atLeast: 3, obstacle: OBSTACLE },
  ],
};
