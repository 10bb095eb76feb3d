import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { rawRequest } from "../../../helpers/http/rawRequest";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";
import { eventually } from "../../../helpers/time/eventually";

/** Notes in its `/tmp` each event that it works on, and gives the notes. */
const NOTING = `const fs = require('node:fs'); const file = require('node:os').tmpdir() + '/notes';
exports.handler = async ({ note, end }) => {
  fs.appendFileSync(file, note);
  if (end === 'exit') process.exit(1);
  if (end === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  return [fs.readFileSync(file, 'utf8'), process.env.AWS_LAMBDA_LOG_STREAM_NAME.slice(-32)];
}`;

describe("The sandbox of a function", () => {
  let lambda: TemporaryLambda;
  beforeEach(() => {
    lambda = temporaryLambda();
  });
  afterEach(() => lambda.close());

  for (const end of ["exit", "hang"]) {
    it(`keeps its /tmp and log stream when its process ends by ${end}`, async () => {
      await lambda.deploy("noting", NOTING, { timeout: 1 });
      const [, stream] = (await lambda.call("noting", { note: "a" })) as string[];
      await lambda.call("noting", { note: "b", end });
      assert.deepEqual(await lambda.call("noting", { note: "c" }), ["abc", stream]);
    });
  }

  it("counts the time to load the handler as the request's where the process had died", async () => {
    await lambda.deploy("noting", NOTING);
    const invoke = (event: object) =>
      lambda.service.invoke("noting", undefined, Buffer.from(JSON.stringify(event)));
    const first = await invoke({ note: "a", end: "exit" });
    const second = await invoke({ note: "b" });
    assert.deepEqual(
      [first, second].map(({ report }) => [report.status, report.initMs !== undefined]),
      [
        ["error", true],
        ["success", false],
      ],
    );
  });

  it("goes with the code that it ran", async () => {
    await lambda.deploy("noting", NOTING);
    await lambda.call("noting", { note: "a" });
    await lambda.deploy("noting", `// Changed.\n${NOTING}`);
    assert.equal(((await lambda.call("noting", { note: "b" })) as string[])[0], "b");
    await eventually(() => assert.equal(readdirSync(path.join(lambda.dataDir, "tmp")).length, 1));
    await lambda.service.close();
    assert.equal(existsSync(path.join(lambda.dataDir, "tmp")), false);
  });

  it("lets no other process take its events or respond for it", async () => {
    await lambda.deploy("api", "exports.handler = async () => process.env.AWS_LAMBDA_RUNTIME_API");
    const address = String(await lambda.call("api"));
    const [host] = address.split("/");
    assert.match(address, /^127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
    for (const guess of ["", "/", `/${"0".repeat(32)}`]) {
      const { status } = await rawRequest(`http://${host}${guess}/2018-06-01/runtime/invocation/next`);
      assert.equal(status, 403);
    }
    assert.equal(await lambda.call("api"), address);
  });
});
