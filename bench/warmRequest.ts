import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { command, wholeNumber } from "@paddock/local/command";
import { temporaryGateway } from "../test/helpers/services/temporaryGateway";
import { bareLoop } from "./lib/bareLoop";

/**
 * Warm requests to an empty handler, one after the other on a kept connection: through a function URL of the local
 * cloud, and through a bare loop with as many hops. Prints the medians of interleaved blocks, and their ratio.
 */

/** Separate processes: code that one compiles, and keeps, does not help the other. */
const SERVERS = { bare: bareLoop, service } as const;
type Server = keyof typeof SERVERS;

async function service(): Promise<{ address: string; close(): Promise<void> }> {
  const { deploy, service, gateway, log, requests, close } = await temporaryGateway();
  await deploy("empty", "exports.handler = async () => ({ statusCode: 200, body: '{}' })");
  const anyone = { principal: "*", functionUrlAuthType: "NONE" };
  for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])
    service.addPermission("empty", { ...anyone, statementId: action, action });
  const url = { urlId: "empty", functionName: "empty", authorizationType: "NONE" } as const;
  setInterval(() => {
    log.length = requests.length = 0;
  }, 1000);
  return { address: await gateway.putFunctionUrl(url, "http://127.0.0.1:0"), close };
}

/** Microseconds from the request to the end of its response. */
async function ask(address: string, agent: http.Agent): Promise<number> {
  const started = performance.now();
  const request = http.request(address, { agent, method: "POST" }).end("{}");
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.resume();
  await once(response, "end");
  if (response.statusCode !== 200) throw new Error(`${address} answers ${response.statusCode}`);
  return (performance.now() - started) * 1000;
}

async function median(address: string, agent: http.Agent, requests: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < requests; i++) times.push(await ask(address, agent));
  return middle(times);
}

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

async function measure(blocks: number, requests: number): Promise<void> {
  const children: ChildProcess[] = [];
  const agents: http.Agent[] = [];
  const start = async (server: Server) => {
    const child = fork(__filename, [server]);
    children.push(child);
    const [address] = (await once(child, "message")) as [string];
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    agents.push(agent);
    await median(address, agent, 2000);
    return () => median(address, agent, requests);
  };
  const [bare, full] = [await start("bare"), await start("service")];
  const rows: [bare: number, service: number][] = [];
  for (let block = 0; block < blocks; block++) rows.push([await bare(), await full()]);
  for (const child of children) child.disconnect();
  await Promise.all(children.map((child) => once(child, "exit")));

  const column = (of: (row: [number, number]) => number) => middle(rows.map(of));
  process.stdout.write(`bare loop      ${column(([it]) => it).toFixed(0)} us\n`);
  process.stdout.write(`function URL   ${column(([, it]) => it).toFixed(0)} us\n`);
  process.stdout.write(`ratio          ${column(([one, other]) => other / one).toFixed(2)}\n`);
  for (const agent of agents) agent.destroy();
}

async function serve(server: Server): Promise<void> {
  const { address, close } = await SERVERS[server]();
  process.once("disconnect", async () => {
    await close();
    process.exit();
  });
  process.send?.(address);
}

void command({
  usage: "tsx bench/warmRequest.ts [options]",
  about: "Measures a warm request to a function URL beside one through a bare loop.",
  options: {
    blocks: wholeNumber([1, 10_000], "blocks, one through each in turn", 40),
    requests: wholeNumber([1, 100_000], "requests of a block", 150),
  },
  // The server that a child process is.
  words: [0, 1],
  run: ({ blocks, requests }, [server]) =>
    server === undefined ? measure(blocks, requests) : serve(server as Server),
});
