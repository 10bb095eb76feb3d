import path from "node:path";
import type { Benchmark, Measured } from "../lib/benchmark";
import { LoadGenerator } from "../lib/load";
import { serverProcess } from "../lib/serverProcess";

const WARM_UP = 3_000;
const REQUESTS = 500;

/** Starts a server in a process of its own, and asks one request at a time on a kept connection. */
async function measure(server: string): Promise<Measured> {
  const { address, close } = await serverProcess(path.join(__dirname, "../lib", server));
  const load = await LoadGenerator.connect({ address: `${address}/`, body: "{}" }, 1);
  await load.send(WARM_UP);
  return {
    round: async () => (await load.send(REQUESTS)).latencies,
    async close() {
      load.close();
      await close();
    },
  };
}

export const benchmark: Benchmark = {
  name: "warmRequest",
  title: "A warm request through the local cloud",
  about: `An empty handler behind a function URL, one request after the other on one connection. The local cloud does what
Lambda does: it decides about the caller, writes the event, hands it to the function's process by the Runtime API, counts
metrics, writes log lines and reports. The floor is a bare loop with the same hops on \`node:http\`, which passes the request to
another process and sends back what that answers. The sample is the time from the request's first byte to the last one of
its response.`,
  unit: "µs",
  rounds: 20,
  variants: async () => [
    { name: "bare loop", start: () => measure("bareLoop.ts") },
    { name: "function URL", start: () => measure("localFunction.ts") },
  ],
  goals: [
    {
      variant: "function URL",
      against: "bare loop",
      atMost: 1.3,
      obstacle: `The Runtime API, spoken over sockets, costs less than the bare loop's. What is left is JavaScript that does what
Lambda does: the caller's permission (10 µs), the event with its ids (11 µs), three log lines, nine metrics and the report.`,
    },
  ],
};
