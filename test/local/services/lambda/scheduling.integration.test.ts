import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive } from "../../../helpers/process/isAlive";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";
import { eventually } from "../../../helpers/time/eventually";
import { moment } from "../../../helpers/time/moment";

/** Returns its process at once, or once the file exists that the event names. */
const PID = `const { existsSync } = require("node:fs");
exports.handler = async ({ until }) => {
  while (until && !existsSync(until)) await new Promise((r) => setTimeout(r, 5));
  return process.pid;
}`;

const ended = (pid: number) => eventually(() => assert.ok(!isAlive(pid), `process ${pid} goes on`));

describe("instances of a function", () => {
  let lambda: TemporaryLambda;
  beforeEach(() => {
    lambda = temporaryLambda({ maxInstances: 2 });
  });
  afterEach(() => lambda.close());

  /** Begins a request that goes on until `end` is called. */
  async function begin(functionName: string) {
    const until = path.join(lambda.dataDir, `end-${functionName}`);
    const result = lambda.call(functionName, { until });
    await eventually(() => assert.ok(lambda.log.some(({ line }) => line.startsWith("START "))));
    const end = () => {
      writeFileSync(until, "");
      return result;
    };
    return { result, end };
  }

  it("are reused, the one that worked last first", async () => {
    await lambda.deploy("reused", PID);
    const { end } = await begin("reused");
    const first = await lambda.call("reused");
    const last = await end();
    assert.notEqual(first, last);
    assert.deepEqual([await lambda.call("reused"), await lambda.call("reused")], [last, last]);
  });

  it("work on one event each, more instances as concurrency grows, up to the maximum; the rest queue", async () => {
    await lambda.deploy(
      "busy",
      "let n = 0, most = 0; exports.handler = async () => { most = Math.max(most, ++n); await new Promise((r) => setTimeout(r, 30)); n--; return [process.pid, most] }",
    );
    const responses = (await Promise.all(Array.from({ length: 7 }, () => lambda.call("busy")))) as [
      number,
      number,
    ][];
    assert.equal(new Set(responses.map(([process_]) => process_)).size, 2);
    assert.deepEqual([...new Set(responses.map(([, most]) => most))], [1]);
  });

  it("serve the queue in the order of arrival", async () => {
    const single = temporaryLambda({ maxInstances: 1 });
    try {
      await single.deploy("ordered", PID);
      const order: number[] = [];
      const calls = [0, 1, 2, 3, 4, 5];
      await Promise.all(calls.map((n) => single.call("ordered").then(() => order.push(n))));
      assert.deepEqual(order, calls);
    } finally {
      await single.close();
    }
  });

  it("say in the report whether they were started for the request", async () => {
    await lambda.deploy("report", PID, { memorySize: 512 });
    const cold = await lambda.service.invoke("report", undefined, Buffer.from("{}"));
    const warm = await lambda.service.invoke("report", undefined, Buffer.from("{}"));
    const { requestId, initMs, durationMs, billedMs, maxMemoryUsedMb, exchange, ...report } =
      cold.report ?? assert.fail();
    assert.deepEqual(report, {
      functionName: "report",
      loggedErrors: [],
      version: "$LATEST",
      status: "success",
      memorySizeMb: 512,
    });
    assert.equal(exchange.event.toString(), "{}");
    assert.match(exchange.log.join("\n"), /^START RequestId: [\s\S]*\nREPORT RequestId: /);
    assert.equal(billedMs, Math.ceil(durationMs + (initMs ?? 0)));
    assert.deepEqual([(initMs ?? 0) > 0, warm.report?.initMs], [true, undefined]);
    assert.ok((maxMemoryUsedMb ?? 1) > 0);
    assert.match(
      cold.logTail.replaceAll(requestId, "<id>"),
      /^START RequestId: <id> Version: \$LATEST\nEND RequestId: <id>\nREPORT RequestId: <id>\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 512 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms$/,
    );
  });

  it("Instances of a function end after idling", async () => {
    const brief = temporaryLambda({ idleMs: 50 });
    try {
      await brief.deploy("idle", PID);
      const process_ = (await brief.call("idle")) as number;
      await ended(process_);
      assert.notEqual(await brief.call("idle"), process_);
    } finally {
      await brief.close();
    }
  });

  it("end after idling although they worked again since the last look at them", async () => {
    const brief = temporaryLambda({ idleMs: 300 });
    try {
      await brief.deploy("idle", PID);
      const process_ = (await brief.call("idle")) as number;
      await moment();
      await brief.call("idle");
      await ended(process_);
    } finally {
      await brief.close();
    }
  });

  it("are replaced when code or configuration changes; what they work on is finished", async () => {
    await lambda.deploy("changing", PID);
    const { end } = await begin("changing");
    await lambda.deploy("changing", PID.replace("process.pid", "'new'"));
    assert.equal(await lambda.call("changing"), "new");
    const old = (await end()) as number;
    assert.equal(typeof old, "number");
    await ended(old);
  });

  it("leave nothing behind: no process, also not one they started, and no folder", async () => {
    await lambda.deploy(
      "parent",
      "const { spawn } = require('node:child_process'); exports.handler = async () => [process.pid, spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' }).pid]",
    );
    const processes = (await lambda.call("parent")) as number[];
    await lambda.call("parent");
    await lambda.service.close();
    for (const pid of processes) await ended(pid);
    assert.deepEqual(readdirSync(lambda.dataDir).includes("tmp"), false);
  });

  it("end by an exception after their response, and wait for no event to say so", async () => {
    await lambda.deploy(
      "late",
      "exports.handler = async () => { setTimeout(() => { throw new Error('late') }, 20); return process.pid }",
    );
    const first = (await lambda.call("late")) as number;
    await ended(first);
    assert.notEqual(await lambda.call("late"), first);
  });

  it("end in the middle of a request when the service closes", async () => {
    await lambda.deploy("hanging", PID);
    const { result } = await begin("hanging");
    await lambda.service.close();
    assert.deepEqual(Object.keys((await result) as object).sort(), ["errorMessage", "errorType"]);
  });

  it("do not start any more when the service closes", async () => {
    let closing: Promise<void> | undefined;
    const closed = temporaryLambda({
      onLog: ({ line }) => {
        if (line.startsWith("START ")) closing = closed.close();
      },
    });
    await closed.deploy("starting", PID);
    const starting = (await closed.call("starting")) as { errorMessage: string };
    await closing;
    assert.match(starting.errorMessage, /^RequestId: [0-9a-f-]{36} Error: the instance has ended$/);
  });

  it("end with the local cloud, however hard that dies", async () => {
    const script = path.join(lambda.dataDir, "host.ts");
    writeFileSync(
      script,
      `import { temporaryLambda } from ${JSON.stringify(path.resolve("test/helpers/services/temporaryLambda.ts"))};
       const lambda = temporaryLambda();
       void (async () => {
         await lambda.deploy("orphan", ${JSON.stringify(PID)});
         const idle = await lambda.call("orphan");
         lambda.service.invoke("orphan", undefined, Buffer.from('{"until":"/never"}'));
         await new Promise((resolve) => setTimeout(resolve, 200));
         console.log(idle);
       })();`,
    );
    const host = spawn(process.execPath, ["--import", "tsx", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(host.stdout, "data")) as [Buffer];
    const orphan = Number(line.toString());
    assert.ok(isAlive(orphan));
    host.kill("SIGKILL");
    await ended(orphan);
  });
});
