import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { ClientsCloud } from "../helpers/clients/clientsCloud";
import { goClients } from "../helpers/clients/installClients";
import { describeWith } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const run = promisify(execFile);

describeWith("go", "clients written in Go work with the exported environment only:", function () {
  this.timeout(900_000);
  const home = temporaryFolder();
  let cloud: ClientsCloud;
  let commands: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    commands = goClients();
    cloud = await ClientsCloud.start({});
    env = await cloud.environment(home);
  });
  after(() => cloud?.close());

  it("the AWS SDK puts, uploads in parts, gets, presigns and lists", async () => {
    await run(path.join(commands, "sdk"), [cloud.bucket], { env });
  });

  it("rclone copies a folder, checks it and lists it, and makes the bucket first", async () => {
    const folder = path.join(home, "rides");
    fs.mkdirSync(path.join(folder, "breeds"), { recursive: true });
    fs.writeFileSync(path.join(folder, "breeds/arabian é.json"), "{}");
    fs.writeFileSync(path.join(folder, "large.bin"), randomBytes(12 * 1024 * 1024));
    const settings = {
      RCLONE_CONFIG_LOCAL_TYPE: "s3",
      // As "AWS" it sends checksums behind the body, which its SDK refuses to do where no TLS is spoken.
      RCLONE_CONFIG_LOCAL_PROVIDER: "Other",
      RCLONE_CONFIG_LOCAL_ENV_AUTH: "true",
      RCLONE_CONFIG_LOCAL_REGION: env.AWS_REGION,
      RCLONE_CONFIG_LOCAL_ENDPOINT: env.AWS_ENDPOINT_URL,
    };
    const rclone = (...args: string[]) =>
      run(path.join(commands, "rclone"), ["--s3-upload-cutoff", "5Mi", ...args], {
        env: { ...env, ...settings },
      });
    const target = `local:${cloud.bucket}/rclone`;
    await rclone("mkdir", `local:${cloud.bucket}`);
    await rclone("copy", folder, target);
    await rclone("check", folder, target);
    const { stdout } = await rclone("lsf", "-R", target);
    assert.deepEqual(stdout.trim().split("\n").sort(), ["breeds/", "breeds/arabian é.json", "large.bin"]);
    fs.rmSync(path.join(folder, "large.bin"));
    await rclone("sync", folder, target);
    assert.equal((await rclone("lsf", target)).stdout, "breeds/\n");
  });
});
