import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { LocalCloud } from "../../local/cli/localCloud";
import { writeRunningCloud } from "../../local/cloud/runningCloud";
import { startProject } from "../helpers/cloud/startProject";
import { signedFetch } from "../helpers/http/signedFetch";
import { runCommand } from "../helpers/process/runCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { endpointsProject } from "../helpers/program/endpointsProject";

const FLOWER = '{"sl":6.9,"sw":3.1,"pl":5.1,"pw":2.3}';
const SCENE = path.resolve(__dirname, "../../functions/smoke-segmentation/samples/smoke.npy");

describe("a stack with production's settings", () => {
  let cloud: LocalCloud;
  before(async () => {
    cloud = await startProject({
      projectDir: endpointsProject("iris", "smoke-segmentation"),
      stack: "prod",
      config: { corsOrigins: '["https://example.com"]' },
    });
    writeRunningCloud(cloud.dataDir, cloud);
  });
  after(() => cloud.close());

  const ways = [
    { way: "function URL", service: "lambda", address: () => String(cloud.outputs.irisUrl) },
    { way: "REST API", service: "execute-api", address: () => `${cloud.outputs.apiUrl}/iris` },
  ] as const;
  for (const { way, service, address } of ways) {
    it(`answers what the AWS SDK's signer signed, over the ${way}`, async () => {
      const response = await signedFetch(address(), FLOWER, { credentials: cloud.rootKey, service });
      assert.deepEqual([response.status, await response.text()], [200, "virginica"]);
    });

    it(`rejects what is not signed, or signed by another secret, over the ${way}`, async () => {
      const unsigned = await fetch(address(), { method: "POST", body: FLOWER });
      const credentials = { ...cloud.rootKey, secretAccessKey: "another" };
      const forged = await signedFetch(address(), FLOWER, { credentials, service });
      assert.deepEqual([unsigned.status, forged.status], [403, 403]);
    });
  }

  it("lets a browser's preflight through to the REST API, which it does not sign", async () => {
    const response = await fetch(`${cloud.outputs.apiUrl}/iris`, {
      method: "OPTIONS",
      headers: { origin: "https://example.com", "access-control-request-method": "POST" },
    });
    assert.deepEqual(
      [response.status, response.headers.get("access-control-allow-origin")],
      [204, "https://example.com"],
    );
  });

  /** The administrator's key, as `npm start` prints it to be exported. */
  const environment = () => ({
    ...process.env,
    AWS_ACCESS_KEY_ID: cloud.rootKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: cloud.rootKey.secretAccessKey,
    AWS_SESSION_TOKEN: "",
    AWS_REGION: "us-east-1",
  });
  describe("npm run smoke", () => {
    const folder = temporaryFolder();
    // Whatever credentials the machine has.
    const nobody = { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: "true" };
    const smoke = async (env: NodeJS.ProcessEnv, ...args: readonly string[]) => {
      fs.copyFileSync(SCENE, path.join(folder, "scene.npy"));
      const command = runCommand("bin/smoke.ts", ["scene.npy", ...args], folder, env);
      const code = await command.exit;
      return { code, lines: command.output().match(/^(http|\d).*$/gm) };
    };
    const painted = { code: 0, lines: ["30.3 % of 96 x 96 pixels show smoke: scene.smoke.png"] };

    it("uploads, infers and paints with the local administrator's key, and none of the user's", async () => {
      assert.deepEqual(await smoke(nobody, "--stack", "prod", "--data", cloud.dataDir), painted);
    });

    it("signs for the REST API that it is given", async () => {
      const url = `${cloud.outputs.apiUrl}/smoke-segmentation`;
      assert.deepEqual(await smoke(nobody, "--data", cloud.dataDir, "--url", url), painted);
    });

    it("signs with the user's credentials, of the environment or a profile", async () => {
      const url = String(cloud.outputs.smokeSegmentationUrl);
      assert.deepEqual(await smoke(environment(), "--url", url), painted);
      const { accessKeyId, secretAccessKey } = cloud.rootKey;
      const config = path.join(folder, "config");
      fs.writeFileSync(
        config,
        `[profile prod]\nregion=us-east-1\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`,
      );
      const profile = { ...nobody, AWS_CONFIG_FILE: config, AWS_PROFILE: "prod" };
      assert.deepEqual(await smoke(profile, "--url", url), painted);
    });

    it("says so where there is nothing to sign with, and what was wrong with a signature", async () => {
      const url = String(cloud.outputs.smokeSegmentationUrl);
      assert.deepEqual(await smoke(nobody, "--url", url), {
        code: 1,
        lines: [
          `${url.slice(0, -1)} takes signed requests only, and there are no AWS credentials to sign with: Could not load credentials from any providers. \`aws sts get-caller-identity\` shows what is found.`,
        ],
      });
      const stranger = { ...environment(), AWS_ACCESS_KEY_ID: "AKIANOBODY" };
      assert.deepEqual(await smoke(stranger, "--url", url), {
        code: 1,
        lines: [`${url}uploads answered 403: The security token included in the request is invalid.`],
      });
    });
  });
});
