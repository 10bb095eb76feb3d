import { Agent, request } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request that goes on being sent. */
export interface Call {
  readonly name: string;
  readonly url: string;
  readonly body: string;
  /** Bodies that a 200 may have. @default any */
  readonly responses?: readonly string[];
}

/** The answers to calls of one name. */
export interface Tally {
  readonly statuses: Map<string, number>;
  readonly ms: number[];
}

/** Sends calls in turn over one connection until `isOver`. */
export async function sendInTurn(
  calls: readonly Call[],
  isOver: () => boolean,
  tallies: Map<string, Tally>,
  broken: (what: string) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let turn = 0; !isOver(); turn++) {
    const call = calls[turn % calls.length];
    if (call === undefined) return;
    const tally: Tally = tallies.get(call.name) ?? { statuses: new Map(), ms: [] };
    tallies.set(call.name, tally);
    const started = performance.now();
    const { status, body } = await send(call, agent);
    tally.ms.push(performance.now() - started);
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
    if (status !== "200" && status !== "429") broken(`${call.name} answers ${status} ${body.slice(0, 200)}`);
    if (status === "200" && call.responses && !call.responses.includes(body)) {
      broken(`${call.name} answers ${body.slice(0, 100)}`);
    }
  }
  agent.destroy();
}

function send({ url, body }: Call, agent: Agent): Promise<{ status: string; body: string }> {
  return new Promise((resolve) => {
    const call = request(
      url,
      { method: "POST", agent, headers: { "content-length": Buffer.byteLength(body) } },
      (response) => {
        buffer(response).then(
          (bytes) => resolve({ status: String(response.statusCode), body: bytes.toString() }),
          (error: Error) => resolve({ status: "cut", body: error.message }),
        );
      },
    );
    call.on("error", (error) => resolve({ status: "no answer", body: error.message }));
    call.end(body);
  });
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}
