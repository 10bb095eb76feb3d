import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { endpointTable } from "../../local/cli/endpointTable";
import type { LocalCloud } from "../../local/cli/localCloud";
import { startProject } from "../helpers/cloud/startProject";
import { signedFetch } from "../helpers/http/signedFetch";
import { scaleModel } from "../helpers/models/scaleModel";
import { describeWith } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { writeProject } from "../helpers/program/writeProject";
import { LocalS3 } from "../helpers/services/localS3";
import { modelBucketClient } from "../helpers/services/modelBucketClient";

const run = promisify(execFile);

/** The administrator's key, as `npm start` prints it to be exported. */
const environmentOf = ({ rootKey, region }: LocalCloud, home: string) => ({
  PATH: process.env.PATH,
  HOME: home,
  AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
  AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  AWS_SESSION_TOKEN: rootKey.sessionToken ?? "",
  AWS_REGION: region,
});

describeWith("curl", "curl against a stack with production's settings", () => {
  const folder = temporaryFolder();
  let cloud: LocalCloud;
  before(async () => {
    cloud = await startProject({ stack: "prod" });
  });
  after(() => cloud?.close());

  const sh = async (line: string) =>
    (await run("sh", ["-c", line], { env: environmentOf(cloud, folder) })).stdout;
  const statusOf = (line: string) => sh(`${line} -s -o /dev/null -w '%{http_code}'`);

  it("gets 200 by each endpoint's printed command line", async () => {
    // A long one goes on in the next line.
    const lines = endpointTable(cloud.outputs).match(/curl .*(\n(?! *curl ).+)*/g) ?? [];
    assert.deepEqual(await Promise.all(lines.map(statusOf)), Array(6).fill("200"));
  });

  for (const [way, service, address] of [
    ["function URL", "lambda", () => String(cloud.outputs.irisUrl)],
    ["REST API", "execute-api", () => `${cloud.outputs.apiUrl}/iris`],
  ] as const) {
    it(`gets 200 by the command line that an endpoint describes itself with over its ${way}`, async () => {
      const sign = `--aws-sigv4 aws:amz:us-east-1:${service} --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`;
      const description = JSON.parse(await sh(`curl -s ${sign} ${address()}`));
      assert.equal(await statusOf(description.curl), "200");
    });
  }
});

const ROLE = "arn:aws:iam::123456789012:role/caller";

/** A function behind a URL that asks for signatures; its role may call it, and it answers with its role's key. */
const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
const role = new aws.iam.Role("caller", { name: "caller", assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
const made = new aws.lambda.Function("caller", {
  name: "caller", role: role.arn, runtime: "nodejs22.x", handler: "index.handler", publish: true,
  code: new pulumi.asset.FileArchive(\`\${__dirname}/code\`),
});
const live = new aws.lambda.Alias("live", { name: "live", functionName: made.name, functionVersion: made.version });
export const url = new aws.lambda.FunctionUrl("caller", {
  functionName: made.name, qualifier: live.name, authorizationType: "AWS_IAM",
}).functionUrl;
for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]) {
  new aws.lambda.Permission(action.slice(7), { function: made.name, qualifier: live.name, action, principal: "${ROLE}" });
}
`;
const CODE = `exports.handler = async ({ requestContext }) => requestContext === undefined
  ? { ...process.env }
  : { statusCode: 200, body: requestContext.authorizer.iam.userArn };`;

describeWith("curl", "curl with a role's temporary key", () => {
  it("is let in to a function URL that asks for signatures", async () => {
    const cloud = await startProject({
      projectDir: writeProject(PROGRAM, { "code/index.js": CODE }),
      config: {},
    });
    try {
      const address = `${cloud.outputs.lambdaEndpoint}/2015-03-31/functions/caller/invocations`;
      const signing = { credentials: cloud.rootKey, service: "lambda", region: "eu-west-1" } as const;
      const key = await (await signedFetch(address, "{}", signing)).json();
      const env = { ...(key as NodeJS.ProcessEnv), PATH: process.env.PATH };
      const line = `curl -s --aws-sigv4 aws:amz:eu-west-1:lambda --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" -d '{}' ${cloud.outputs.url}`;
      const { stdout } = await run("sh", ["-c", line], { env });
      assert.equal(stdout, "arn:aws:sts::123456789012:assumed-role/caller/caller");
    } finally {
      await cloud.close();
    }
  });
});

describeWith("curl", "curl --upload-file to a presigned URL", () => {
  it("uploads small files, and large ones, which wait for 100 Continue", async () => {
    const s3 = await LocalS3.start();
    try {
      const file = path.join(s3.folder, "scene.npy");
      const client = s3.client({ requestChecksumCalculation: "WHEN_REQUIRED" });
      for (const size of [5, 3 * 1024 ** 2]) {
        fs.writeFileSync(file, Buffer.alloc(size, "x"));
        const url = await getSignedUrl(
          client,
          new PutObjectCommand({ Bucket: "bucket", Key: "folder/scene 1.npy" }),
        );
        // Without the response curl would go on by itself after a second.
        const patience = ["--expect100-timeout", "60", "--max-time", "30"];
        await run("curl", [...patience, "--fail", "--silent", "--show-error", "--upload-file", file, url]);
      }
    } finally {
      await s3.stop();
    }
  });
});

describeWith("aws", "a model that the aws command line uploads", () => {
  it("is served by the next request", async () => {
    const folder = temporaryFolder();
    const cloud = await startProject();
    try {
      const { client, bucket } = modelBucketClient(cloud);
      client.destroy();
      const file = path.join(folder, "model.onnx");
      fs.writeFileSync(file, scaleModel(7));
      const to = `s3://${bucket}/models/x/1/model.onnx`;
      const env = environmentOf(cloud, folder);
      await run("aws", ["s3", "cp", file, to, "--endpoint-url", String(cloud.outputs.s3Endpoint)], { env });
      const response = await fetch(`${cloud.outputs.openInferenceUrl}v2/models/x/infer`, {
        method: "POST",
        body: JSON.stringify({ inputs: [{ name: "x", datatype: "FP32", shape: [1], data: [1] }] }),
      });
      assert.deepEqual(((await response.json()) as { outputs: unknown }).outputs, [
        { name: "y", datatype: "FP32", shape: [1], data: [7] },
      ]);
    } finally {
      await cloud.close();
    }
  });
});
