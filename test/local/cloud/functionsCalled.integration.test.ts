import assert from "node:assert/strict";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";
import { requestLine } from "../../../local/cli/requestLine";
import type { RequestReport } from "../../../local/services/lambda/requestReport";
import { startProject } from "../../helpers/cloud/startProject";
import { signedFetch } from "../../helpers/http/signedFetch";
import { writeProject } from "../../helpers/program/writeProject";

const FUNCTIONS = {
  "caller/index.js": "exports.handler = async () => process.env;",
  "callee/index.js": `exports.handler = async ({ Records }) => {
  if (Records?.[0].s3.object.key === "bad") throw new Error("out of hay");
  return "called";
};`,
};

const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const fn = (name: string) => {
  const role = new aws.iam.Role(name, { name, assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
  const made = new aws.lambda.Function(name, {
    name, role: role.arn, runtime: "nodejs22.x", handler: "index.handler",
    code: new pulumi.asset.FileArchive(\`\${__dirname}/\${name}\`),
  });
  return { role, made };
};
const callee = fn("callee").made;
const { role } = fn("caller");
new aws.iam.RolePolicy("caller", {
  role: role.name,
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: callee.arn }] },
});
const bucket = new aws.s3.Bucket("bucket", { bucket: "watched" });
const permission = new aws.lambda.Permission("bucket", {
  function: callee.name, action: "lambda:InvokeFunction", principal: "s3.amazonaws.com", sourceArn: bucket.arn, sourceAccount: "123456789012",
});
new aws.s3.BucketNotification(
  "bucket",
  { bucket: bucket.bucket, lambdaFunctions: [{ lambdaFunctionArn: callee.arn, events: ["s3:ObjectCreated:*"] }] },
  { dependsOn: [permission] },
);
new aws.lambda.FunctionEventInvokeConfig("callee", { functionName: callee.name, maximumRetryAttempts: 0 });
`;

describe("A function that another one or S3 calls", () => {
  const reports: RequestReport[] = [];
  let reported = () => {};
  let cloud: LocalCloud;
  before(async () => {
    cloud = await startProject({
      projectDir: writeProject(PROGRAM, FUNCTIONS),
      config: {},
      onRequest: (report) => {
        reports.push(report);
        reported();
      },
    });
  });
  after(() => cloud.close());

  const invocations = (name: string) => `/2015-03-31/functions/${name}/invocations`;
  const signing = { service: "lambda", region: "eu-west-1" } as const;

  it("is found by what the caller's environment has, and runs where its role is allowed to call it", async () => {
    const address = cloud.outputs.lambdaEndpoint + invocations("caller");
    const asked = await signedFetch(address, "{}", { ...signing, credentials: cloud.rootKey });
    const environment = (await asked.json()) as Record<string, string>;
    const credentials = {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
      sessionToken: environment.AWS_SESSION_TOKEN,
    };
    const call = async (name: string) => {
      const endpoint = environment.AWS_ENDPOINT_URL_LAMBDA + invocations(name);
      const response = await signedFetch(endpoint, "{}", { ...signing, credentials });
      return [response.status, await response.text()];
    };
    assert.deepEqual(await call("callee"), [200, '"called"']);
    assert.equal((await call("caller"))[0], 403);
  });

  it("has a request's line like any other where S3 called it", async () => {
    const client = new S3Client({
      endpoint: String(cloud.outputs.s3Endpoint),
      region: "eu-west-1",
      credentials: cloud.rootKey,
      forcePathStyle: true,
    });
    const lineAfter = async (Key: string) => {
      const before = reports.length;
      const seen = new Promise<void>((resolve) => {
        reported = () => reports.length > before && resolve();
      });
      await client.send(new PutObjectCommand({ Bucket: "watched", Key, Body: "x" }));
      await seen;
      const [line = "", ...rest] = requestLine(reports.at(-1) ?? assert.fail()).split("\n");
      return [line.replace(/ {2,}/g, " ").replace(/\d+ (ms|MB)/g, "N $1"), rest.join("\n")];
    };
    try {
      const [good = ""] = await lineAfter("a b.txt");
      assert.match(good, / 200 ObjectCreated:Put s3:\/\/watched\/a\+b\.txt callee N ms( N MB)?( init \d+)?$/);
      const [bad = "", below = ""] = await lineAfter("bad");
      assert.match(bad, / 500 ObjectCreated:Put s3:\/\/watched\/bad callee N ms/);
      assert.match(below, /^ {4}Error: out of hay/);
    } finally {
      client.destroy();
    }
  });
});
