import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

const PID =
  "exports.handler = async (event) => { await new Promise((r) => setTimeout(r, event.ms ?? 0)); return process.pid }";

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}

async function ended(process_: number): Promise<boolean> {
  for (let i = 0; i < 100 && isAlive(process_); i++) await sleep(20);
  return !isAlive(process_);
}

describe("instances of a function", () => {
  let lambda: TemporaryLambda;
  beforeEach(() => {
    lambda = temporaryLambda({ maxInstances: 2 });
  });
  afterEach(() => lambda.close());

  it("are reused, the one that worked last first", async () => {
    await lambda.deploy("reused", PID);
    const [, last] = await Promise.all([lambda.call("reused"), lambda.call("reused", { ms: 100 })]);
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
    await lambda.deploy("ordered", PID);
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3, 4, 5].map((n) => lambda.call("ordered", { ms: 40 }).then(() => order.push(n))),
    );
    const position = (n: number) => order.indexOf(n);
    assert.deepEqual([position(2) < position(4), position(3) < position(5)], [true, true]);
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
      assert.ok(await ended(process_));
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
      await sleep(150);
      await brief.call("idle");
      assert.ok(await ended(process_));
    } finally {
      await brief.close();
    }
  });

  it("are replaced when code or configuration changes; what they work on is finished", async () => {
    await lambda.deploy("changing", PID);
    const old = (await lambda.call("changing")) as number;
    const working = lambda.call("changing", { ms: 300 });
    await sleep(50);
    await lambda.deploy("changing", PID.replace("process.pid", "'new'"));
    assert.equal(await lambda.call("changing"), "new");
    assert.equal(await working, old);
    assert.ok(await ended(old));
  });

  it("leave nothing behind: no process, also not one they started, and no folder", async () => {
    await lambda.deploy(
      "parent",
      "const { spawn } = require('node:child_process'); exports.handler = async () => [process.pid, spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' }).pid]",
    );
    const processes = (await lambda.call("parent")) as number[];
    const hanging = lambda.call("parent", { ms: 1 });
    await hanging;
    await lambda.service.close();
    assert.deepEqual(await Promise.all(processes.map(ended)), [true, true]);
    assert.deepEqual(readdirSync(lambda.dataDir).includes("tmp"), false);
  });

  it("end in the middle of a request when the service closes", async () => {
    await lambda.deploy("hanging", PID);
    const working = lambda.call("hanging", { ms: 60_000 });
    await sleep(200);
    await lambda.service.close();
    assert.deepEqual(Object.keys((await working) as object).sort(), ["errorMessage", "errorType"]);
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
         lambda.service.invoke("orphan", undefined, Buffer.from('{"ms":60000}'));
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
    assert.ok(await ended(orphan));
  });
});
