import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { ClientsCloud } from "../helpers/clients/clientsCloud";
import { pythonClients } from "../helpers/clients/installClients";
import { describeWith } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const run = promisify(execFile);

/** Gives back the event, by HTTP as a response's body. */
const ECHO = `exports.handler = async (event) =>
  event.requestContext === undefined ? event : { statusCode: 200, body: JSON.stringify(event) };`;
/** Answers what the request's header says. */
const OBEDIENT = `exports.handler = async ({ headers }) => JSON.parse(headers["x-answer"] ?? headers["X-Answer"]);`;

describeWith("python", "clients written in Python work with the exported environment only:", function () {
  this.timeout(900_000);
  const home = temporaryFolder();
  let cloud: ClientsCloud;
  let bin: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    bin = pythonClients();
    cloud = await ClientsCloud.start({ echo: ECHO, obedient: OBEDIENT });
    env = await cloud.environment(home);
  });
  after(() => cloud?.close());

  /** Gives what a script prints; the cloud, which is in this process, answers it meanwhile. */
  const python = async (script: string, args: readonly string[] = [], input = "") => {
    const running = run(path.join(bin, "python"), [path.join(__dirname, "python", script), ...args], { env });
    running.child.stdin?.end(input);
    return (await running).stdout;
  };

  it("boto3 calls S3, Lambda, the SageMaker runtime and STS", async () => {
    await python("boto3_client.py", [cloud.bucket, "echo"]);
  });

  it("pandas and s3fs write, read, move and remove files", async () => {
    await python("pandas_client.py", [cloud.bucket]);
  });

  it("MinIO's client puts in parts, presigns, lists and removes", async () => {
    await python("minio_client.py", [cloud.bucket]);
  });

  it("the AWS CLI copies, lists, presigns, invokes and says who it is", async () => {
    const aws = async (...args: string[]) =>
      (await run(path.join(bin, "aws"), args, { env, cwd: home })).stdout;
    assert.equal(JSON.parse(await aws("sts", "get-caller-identity")).Account, "123456789012");
    fs.writeFileSync(path.join(home, "ä.txt"), "hello");
    await aws("s3", "cp", "ä.txt", `s3://${cloud.bucket}/cli/ä.txt`);
    assert.match(await aws("s3", "ls", `s3://${cloud.bucket}/cli/`), / 5 ä\.txt\n$/);
    const url = (await aws("s3", "presign", `s3://${cloud.bucket}/cli/ä.txt`)).trim();
    assert.equal(await (await fetch(url)).text(), "hello");
    await aws("lambda", "invoke", "--function-name", "echo", "--payload", '{"a":1}', "answer.json");
    assert.equal(fs.readFileSync(path.join(home, "answer.json"), "utf8"), '{"a":1}');
    await aws("s3", "rm", "--recursive", `s3://${cloud.bucket}/cli/`);
  });

  it("s3cmd puts, lists, gets and removes", async () => {
    const { host } = new URL(String(env.AWS_ENDPOINT_URL));
    const hosts = [
      "--no-ssl",
      `--host=${host}`,
      `--host-bucket=${host}`,
      `--access_key=${env.AWS_ACCESS_KEY_ID}`,
      `--secret_key=${env.AWS_SECRET_ACCESS_KEY}`,
    ];
    const s3cmd = async (...args: string[]) =>
      (await run(path.join(bin, "python"), [path.join(bin, "s3cmd"), ...hosts, ...args], { env, cwd: home }))
        .stdout;
    fs.writeFileSync(path.join(home, "large.bin"), Buffer.alloc(11 * 1024 * 1024, "z"));
    await s3cmd("put", "--multipart-chunk-size-mb=5", "large.bin", `s3://${cloud.bucket}/s3cmd/large.bin`);
    assert.match(
      await s3cmd("ls", `s3://${cloud.bucket}/s3cmd/`),
      / 11534336 +s3:\/\/clients\/s3cmd\/large\.bin\n$/,
    );
    await s3cmd("get", `s3://${cloud.bucket}/s3cmd/large.bin`, "back.bin");
    assert.ok(
      fs.readFileSync(path.join(home, "back.bin")).equals(fs.readFileSync(path.join(home, "large.bin"))),
    );
    await s3cmd("del", `s3://${cloud.bucket}/s3cmd/large.bin`);
    assert.equal(await s3cmd("ls", `s3://${cloud.bucket}/s3cmd/`), "");
  });

  const post = {
    method: "POST",
    body: '{"x":1}',
    headers: { "content-type": "application/json", cookie: "a=1" },
  };
  const seen = async (way: "Url" | "Api", path: string, init: RequestInit) =>
    (await fetch(cloud.address("echo", way) + path, init)).text();

  it("Powertools' models parse the events that a function saw", async () => {
    const url = JSON.parse(await seen("Url", "/a?b=c", post));
    const rest = JSON.parse(await seen("Api", "/a?b=c", post));
    const record = fs.readFileSync(path.join(__dirname, "../fixtures/events/s3Put.json"), "utf8");
    const s3 = JSON.parse(record.replace(/"key": "[^"]*"/, '"key": "powertools/a+b.txt"'));
    await python("powertools_models.py", [], JSON.stringify({ url, rest, s3 }));
  });

  for (const way of ["Url", "Api"] as const) {
    it(`a Starlette application behind Mangum is answered through a ${way === "Url" ? "function URL" : "REST API"}`, async () => {
      const event = await seen(way, "/hello/ada?q=1&q=2", { headers: { cookie: "c=3" } });
      const answer = (await python("mangum_app.py", [], event)).trim();
      const response = await fetch(`${cloud.address("obedient", way)}/any`, {
        headers: { "x-answer": answer },
      });
      assert.equal(response.status, 200, await response.clone().text());
      assert.deepEqual(await response.json(), {
        hello: "ada",
        q: ["1", "2"],
        cookie: "c=3",
      });
      assert.deepEqual(
        response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]),
        ["a=1", "b=2"],
      );
    });
  }
});
