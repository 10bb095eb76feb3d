import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { type Declared, read } from "@paddock/local/program";
import type { Card } from "../../../../functions/shared/card";
import { buildRuntime } from "../../../../local/services/lambda/buildRuntime";
import { unpackArchive } from "../../../../local/services/lambda/unpackArchive";
import { freePorts } from "../../../helpers/cloud/freePorts";
import { describeWith } from "../../../helpers/process/describeWith";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { declareStack } from "../../../helpers/program/declareStack";
import { buildEmulator, RuntimeEmulator } from "../../../helpers/services/runtimeEmulator";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

const FUNCTION = "aws:lambda/function:Function";
const ROOT = path.resolve(__dirname, "../../../..");

/** A function of every kind of end, in 1 second. */
const SOURCE = `
let requests = 0;
exports.handler = async (event, context) => {
  requests++;
  if (event.throw) throw new RangeError("too far");
  if (event.reject) return Promise.reject("a string");
  if (event.exit) process.exit(3);
  if (event.wait) await new Promise((resolve) => setTimeout(resolve, 5000));
  if (event.cycle) { const cycle = {}; cycle.cycle = cycle; return cycle; }
  if (event.nothing) return undefined;
  const left = context.getRemainingTimeInMillis();
  return { requests, event, isInTime: left > 0 && left <= 1000 };
};`;

describeWith("go", "AWS's runtime interface emulator", () => {
  const folder = temporaryFolder();
  const unpacked = path.join(folder, "unpacked");
  let lambda: TemporaryLambda;
  let emulator: RuntimeEmulator;
  let runtime: string;

  before(async () => {
    buildEmulator();
    const task = path.join(folder, "task");
    fs.mkdirSync(task);
    fs.writeFileSync(path.join(task, "index.js"), SOURCE);
    lambda = temporaryLambda();
    await lambda.deploy("emulated", SOURCE, { timeout: 1 });
    runtime = await buildRuntime(folder);
    emulator = RuntimeEmulator.start({ task, timeout: 1, port: await freePorts(), runtime, folder });
  });
  after(async () => {
    await emulator?.close();
    await lambda?.close();
  });

  /** Calls both, and leaves out what is different each time. The emulator hands no trace header on. */
  const both = async (event: unknown) =>
    (await Promise.all([emulator.call(event), lambda.call("emulated", event)])).map(generalized);

  it("gives an event and a deadline to the runtime, and takes its response, as the local Lambda does", async () => {
    const expected = { requests: 1, event: { a: "ä" }, isInTime: true };
    assert.deepEqual(await both({ a: "ä" }), [expected, expected]);
    assert.deepEqual(await both({ nothing: true }), [null, null]);
  });

  for (const [what, event] of [
    ["throws", { throw: true }],
    ["rejects with a string", { reject: true }],
    ["returns what is no JSON", { cycle: true }],
  ] as const) {
    it(`passes the error document of a handler that ${what}`, async () => {
      const [there, here] = await both(event);
      assert.deepEqual(there, here);
    });
  }

  it("answers for a process that ends, and starts another one for the next request, as the local Lambda does", async () => {
    const [there, here] = await both({ exit: true });
    assert.deepEqual(there, here);
    const next = (await both({})) as { readonly requests: number }[];
    assert.deepEqual(
      next.map(({ requests }) => requests),
      [1, 1],
    );
  });

  it("ends a function at its timeout, in the words of the local Lambda", async () => {
    const [there, here] = await both({ wait: true });
    // The emulator's body has the words only; on Lambda they are in a document, with the request's id.
    assert.equal(there, "Task timed out after 1.00 seconds");
    assert.deepEqual(here, {
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: <uuid> Error: ${there}`,
    });
  });

  for (const name of ["iris", "breast-cancer"]) {
    it(`runs the packaged handler of ${name}: its card's samples have their answers`, async () => {
      const { resources } = await declareStack({ "paddock:platform": "host" });
      const unpack = ({ inputs }: Declared, key: string) =>
        unpackArchive((inputs.code as { readonly archive: string }).archive, unpacked, key);
      const made = resources.find((each) => each.type === FUNCTION && each.name === name);
      const layer = resources.find(({ type }) => type === "aws:lambda/layerVersion:LayerVersion");
      assert.ok(made && layer);
      const [task, opt] = await Promise.all([unpack(made, name), unpack(layer, "layer")]);
      const variables = read.object(read.object(made.inputs, "environment"), "variables");
      const packaged = RuntimeEmulator.start({
        task,
        env: {
          ...(variables as Record<string, string>),
          NODE_PATH: path.join(opt, "nodejs/node_modules"),
        },
        timeout: 29,
        port: await freePorts(),
        runtime,
        folder: fs.mkdtempSync(path.join(folder, `${name}-`)),
      });
      try {
        const card = JSON.parse(
          fs.readFileSync(path.join(ROOT, "functions", name, "model/card.json"), "utf8"),
        ) as Card;
        for (const { request, answer } of card.samples) {
          const event = { version: "1.0", httpMethod: "POST", path: `/${name}`, resource: `/${name}` };
          const asked = { ...event, headers: {}, requestContext: {}, body: JSON.stringify(request) };
          const { statusCode, body } = (await packaged.call(asked)) as { statusCode: number; body: string };
          assert.deepEqual({ status: statusCode, body }, answer);
        }
      } finally {
        await packaged.close();
      }
    });
  }
});

function generalized(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value) => (key === "trace" && Array.isArray(value) ? [] : value));
  return JSON.parse(text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>"));
}
