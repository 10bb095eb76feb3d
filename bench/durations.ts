import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { LocalCloud } from "@paddock/local/cli";
import { command, wholeNumber } from "@paddock/local/command";
import { EndpointCaller } from "../bin/lib/endpointCaller";
import { endpointCard } from "../bin/lib/endpointCards";
import { urlOutput } from "../infra/stackOutputs";
import { freePorts } from "../test/helpers/cloud/freePorts";
import { prepareSample, sendSample } from "./lib/prepareSample";

const ROOT = path.resolve(__dirname, "..");

/**
 * Measures how long a warm request takes each endpoint's function, for the slowest of its card's samples, and writes it
 * beside the card: `npm run report` and the policy `cost-prediction` read it. The fastest request counts: other work on
 * the machine only adds time.
 */
command({
  usage: "npx tsx bench/durations.ts [options]",
  about: "Measures a warm request of each endpoint, and writes functions/<name>/model/duration.json.",
  options: { requests: wholeNumber([1, 10_000], "requests of each sample", 101) },
  async run({ requests }) {
    const durations = new Map<string, number[]>();
    const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-durations-"));
    const cloud = await LocalCloud.start({
      projectDir: ROOT,
      stack: "dev",
      basePort: await freePorts(),
      dataDir,
      onRequest: ({ invocation }) => {
        if (invocation === undefined) return;
        const own = durations.get(invocation.functionName) ?? [];
        durations.set(invocation.functionName, [...own, invocation.durationMs]);
      },
    });
    try {
      const caller = new EndpointCaller({ credentials: cloud.rootKey, region: cloud.region });
      const names = cloud.outputs.functionNames as Record<string, string>;
      for (const [name, functionName] of Object.entries(names)) {
        const folder = path.join(ROOT, "functions", name, "model");
        const card = endpointCard(name);
        const address = String(cloud.outputs[urlOutput(name)]);
        const fastest: number[] = [];
        for (const sample of card.samples.filter(({ answer }) => answer.status === 200)) {
          // It starts the instance, and loads the model.
          const request = await prepareSample(caller, address, name, sample);
          durations.delete(functionName);
          for (let i = 0; i < requests; i++) await sendSample(caller, address, name, request);
          fastest.push(Math.min(...(durations.get(functionName) ?? [])));
        }
        const milliseconds = Number(Math.max(...fastest).toPrecision(2));
        const measured = new Date().toISOString().slice(0, 10);
        const duration = { milliseconds, measured, processor: os.cpus()[0]?.model ?? process.arch };
        fs.writeFileSync(path.join(folder, "duration.json"), `${JSON.stringify(duration, undefined, 2)}\n`);
        console.log(`${name}: ${milliseconds} ms`);
      }
    } finally {
      await cloud.close();
      fs.rmSync(dataDir, { recursive: true });
    }
  },
});
