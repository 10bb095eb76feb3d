import { execFile } from "node:child_process";
import { LocalCloud } from "@paddock/local/cli";
import { exportLines } from "@paddock/local/running";
import { freePorts } from "../cloud/freePorts";
import { temporaryFolder } from "../process/temporaryFolder";
import { writeProject } from "../program/writeProject";

const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fs from "node:fs";

const bucket = new aws.s3.Bucket("clients", { bucket: "clients" });
export const bucketName = bucket.bucket;
const configured = new aws.s3.Bucket("configured", { bucket: "configured", tags: { team: "x" } });
const of = { bucket: configured.bucket };
new aws.s3.BucketVersioning("configured", { ...of, versioningConfiguration: { status: "Enabled" } });
new aws.s3.BucketCorsConfiguration("configured", { ...of, corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"], maxAgeSeconds: 5 }] });
new aws.s3.BucketLifecycleConfiguration("configured", {
  ...of,
  rules: [{ id: "old", status: "Enabled", filter: { prefix: "a/" }, expiration: { days: 1 }, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } }],
});
new aws.s3.BucketPolicy("configured", {
  ...of,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: configured.arn, Condition: { Bool: { "aws:SecureTransport": "false" } } }],
  }),
});

const assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });
const outputs: Record<string, pulumi.Output<string>> = {};
const folder = \`\${__dirname}/functions\`;
for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
  const role = new aws.iam.Role(name, { name, assumeRolePolicy });
  const made = new aws.lambda.Function(name, {
    name, role: role.arn, runtime: "nodejs22.x", handler: "index.handler", timeout: 30, memorySize: 512, publish: true,
    code: new pulumi.asset.FileArchive(\`\${__dirname}/functions/\${name}\`),
  });
  new aws.lambda.Alias(name, { functionName: made.name, name: "live", functionVersion: made.version });
  new aws.iam.RolePolicy(name, {
    role: role.name,
    policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" }] },
  });
  outputs[\`\${name}Url\`] = new aws.lambda.FunctionUrl(name, { functionName: made.name, authorizationType: "NONE" }).functionUrl;
  for (const [action, more] of [
    ["InvokeFunctionUrl", { functionUrlAuthType: "NONE" }],
    ["InvokeFunction", { invokedViaFunctionUrl: true }],
  ] as const) {
    new aws.lambda.Permission(\`\${name}-\${action}\`, { function: made.name, action: \`lambda:\${action}\`, principal: "*", ...more });
  }
  const api = new aws.apigateway.RestApi(name, { binaryMediaTypes: ["*/*"] });
  const proxy = new aws.apigateway.Resource(name, { restApi: api.id, parentId: api.rootResourceId, pathPart: "{proxy+}" });
  const method = new aws.apigateway.Method(name, { restApi: api.id, resourceId: proxy.id, httpMethod: "ANY", authorization: "NONE" });
  const integration = new aws.apigateway.Integration(name, {
    restApi: api.id, resourceId: proxy.id, httpMethod: method.httpMethod, type: "AWS_PROXY", integrationHttpMethod: "POST", uri: made.invokeArn,
  });
  new aws.lambda.Permission(\`\${name}-api\`, {
    function: made.name, action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com", sourceArn: pulumi.interpolate\`\${api.executionArn}/*/*\`,
  });
  const deployment = new aws.apigateway.Deployment(name, { restApi: api.id }, { dependsOn: [integration] });
  outputs[\`\${name}Api\`] = new aws.apigateway.Stage(name, { restApi: api.id, deployment: deployment.id, stageName: "prod" }).invokeUrl;
}
export const addresses = outputs;
`;

/** A local cloud with a bucket, and functions behind a URL and a REST API each, for clients that are tried on it. */
export class ClientsCloud {
  readonly bucket = "clients";
  /** A bucket with settings: versions, CORS, lifecycle, policy and tags. */
  readonly configured = "configured";
  #cloud: LocalCloud | undefined;

  /** @param functions  CommonJS by name; each exports `handler`. */
  static async start(functions: Readonly<Record<string, string>>): Promise<ClientsCloud> {
    const files = Object.entries(functions).map(([name, code]) => [`functions/${name}/index.js`, code]);
    const clients = new ClientsCloud();
    clients.#cloud = await LocalCloud.start({
      // The region where boto3 presigns by Signature Version 2, and where a bucket may be created once more.
      projectDir: writeProject(PROGRAM, {
        ...Object.fromEntries(files),
        "Pulumi.dev.yaml": "config:\n  aws:region: us-east-1\n",
      }),
      stack: "dev",
      basePort: await freePorts(),
      dataDir: temporaryFolder(),
      config: {},
    });
    return clients;
  }

  /** The address at which a function answers requests: its URL or its REST API's stage, without a slash at the end. */
  address(name: string, way: "Url" | "Api"): string {
    const addresses = this.#running.outputs.addresses as Readonly<Record<string, string>>;
    return String(addresses[name + way]).replace(/\/$/, "");
  }

  /** The environment of a terminal after `eval "$(npm run -s env)"`, with an empty home. */
  environment(home: string): Promise<NodeJS.ProcessEnv> {
    const { rootKey: key, region, outputs } = this.#running;
    const lines = exportLines({ key, region, endpoint: outputs.endpoint }).join("\n");
    const env = { PATH: process.env.PATH, HOME: home, LANG: "C.UTF-8" };
    return new Promise((resolve, reject) =>
      execFile("bash", ["-c", `${lines}\nenv -0`], { env }, (error, stdout) => {
        if (error) return reject(error);
        const entries = stdout
          .split("\0")
          .filter(Boolean)
          .map((entry) => entry.split(/=(.*)/s).slice(0, 2));
        resolve(Object.fromEntries(entries));
      }),
    );
  }

  close(): Promise<void> | undefined {
    return this.#cloud?.close();
  }

  get #running(): LocalCloud {
    if (this.#cloud === undefined) throw new Error("The clients' cloud is not started.");
    return this.#cloud;
  }
}
