import assert from "node:assert/strict";
import { EndpointCaller } from "../../bin/lib/endpointCaller";
import type { LocalCloud } from "../../local/cli/localCloud";
import { startProject } from "../helpers/cloud/startProject";
import { type SigningKey, signedFetch } from "../helpers/http/signedFetch";
import { writeProject } from "../helpers/program/writeProject";

const FUNCTIONS = {
  // The temporary key of the function's role, as the function itself has it.
  "caller/index.js": `exports.handler = async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
});`,
  "callee/index.js": `exports.handler = async ({ requestContext: { authorizer, identity } }) =>
  ({ statusCode: 200, body: (authorizer?.iam ?? identity).userArn });`,
};

/** A function behind a URL and an API that ask for signatures, and functions whose roles may call it or not. */
const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const fn = (name: string, code: string) => {
  const role = new aws.iam.Role(name, { name, assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
  const made = new aws.lambda.Function(name, {
    name, role: role.arn, runtime: "nodejs22.x", handler: "index.handler", publish: true,
    code: new pulumi.asset.FileArchive(\`\${__dirname}/\${code}\`),
  });
  return { role, made };
};

const callee = fn("callee", "callee").made;
const live = new aws.lambda.Alias("live", { name: "live", functionName: callee.name, functionVersion: callee.version });
const target = { functionName: callee.name, qualifier: live.name };
const url = new aws.lambda.FunctionUrl("callee", { ...target, authorizationType: "AWS_IAM" });

const api = new aws.apigateway.RestApi("api");
const items = new aws.apigateway.Resource("items", { restApi: api.id, parentId: api.rootResourceId, pathPart: "items" });
const method = new aws.apigateway.Method("items", {
  restApi: api.id, resourceId: items.id, httpMethod: "ANY", authorization: "AWS_IAM",
});
const integration = new aws.apigateway.Integration("items", {
  restApi: api.id, resourceId: items.id, httpMethod: method.httpMethod, type: "AWS_PROXY",
  integrationHttpMethod: "POST", uri: live.invokeArn,
});
new aws.lambda.Permission("api", {
  function: callee.name, qualifier: live.name, action: "lambda:InvokeFunction",
  principal: "apigateway.amazonaws.com", sourceArn: pulumi.interpolate\`\${api.executionArn}/*/*/items\`,
});
const deployment = new aws.apigateway.Deployment("api", { restApi: api.id }, { dependsOn: [integration] });
const stage = new aws.apigateway.Stage("api", { restApi: api.id, deployment: deployment.id, stageName: "prod" });

const caller = (name: string, ...statements: object[]) => {
  const { role } = fn(name, "caller");
  if (statements.length === 0) return role;
  new aws.iam.RolePolicy(name, { role: role.name, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }) });
  return role;
};
const invokeUrl = { Effect: "Allow", Action: ["lambda:InvokeFunctionUrl"], Resource: live.arn };
const invoke = { ...invokeUrl, Action: "lambda:InvokeFunction", Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } } };
const invokeApi = { Effect: "Allow", Action: "execute-api:Invoke" };

caller("by-url", invokeUrl, invoke);
caller("by-half", invokeUrl);
caller("unqualified", { ...invokeUrl, Resource: callee.arn }, { ...invoke, Resource: callee.arn });
caller("by-api", { ...invokeApi, Resource: pulumi.interpolate\`\${stage.executionArn}/POST/items\` });
caller("by-other-path", { ...invokeApi, Resource: pulumi.interpolate\`\${stage.executionArn}/POST/items/*\` });
caller("denied", { Effect: "Allow", Action: "*", Resource: "*" }, { Effect: "Deny", Action: ["lambda:Invoke*", "execute-api:*"], Resource: "*" });
const named = caller("named");
for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]) {
  new aws.lambda.Permission(\`named-\${action.slice(7)}\`, {
    function: callee.name, qualifier: live.name, action, principal: named.arn,
  });
}

export const calleeUrl = url.functionUrl;
export const itemsUrl = pulumi.interpolate\`\${stage.invokeUrl}/items\`;
export const itemsArn = pulumi.interpolate\`\${stage.executionArn}/POST/items\`;
`;

describe("a function's role that calls what asks for signatures", () => {
  let cloud: LocalCloud;
  before(async () => {
    cloud = await startProject({
      projectDir: writeProject(PROGRAM, FUNCTIONS),
      config: {},
    });
  });
  after(() => cloud.close());

  const keyOf = async (name: string): Promise<SigningKey> => {
    const path = `/2015-03-31/functions/${name}/invocations`;
    const signing = { credentials: cloud.rootKey, service: "lambda", region: "eu-west-1" } as const;
    const response = await signedFetch(cloud.outputs.lambdaEndpoint + path, "{}", signing);
    return (await response.json()) as SigningKey;
  };
  const ask = async (name: string, way: "lambda" | "execute-api", signingDate?: Date) => {
    const address = String(way === "lambda" ? cloud.outputs.calleeUrl : cloud.outputs.itemsUrl);
    const credentials = name === "administrator" ? cloud.rootKey : await keyOf(name);
    const signing = { credentials, service: way, region: "eu-west-1", signingDate };
    const response = await signedFetch(address, "{}", signing);
    return [response.status, await response.text()];
  };
  const session = (name: string) => `arn:aws:sts::123456789012:assumed-role/${name}/${name}`;
  const forbidden = [
    403,
    '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
  ];

  for (const name of ["by-url", "named"]) {
    it(`is let in to the URL as ${name}, and the function learns who called`, async () => {
      assert.deepEqual(await ask(name, "lambda"), [200, session(name)]);
    });
  }

  for (const name of ["by-half", "unqualified", "by-api", "denied"]) {
    it(`gets 403 from the URL as ${name}`, async () => {
      assert.deepEqual(await ask(name, "lambda"), forbidden);
    });
  }

  it("is let in to the API by its own policy, and the function learns who called", async () => {
    assert.deepEqual(await ask("by-api", "execute-api"), [200, session("by-api")]);
  });

  for (const [name, reason] of [
    ["by-url", "because no identity-based policy allows the execute-api:Invoke action"],
    ["by-other-path", "because no identity-based policy allows the execute-api:Invoke action"],
    ["named", "because no identity-based policy allows the execute-api:Invoke action"],
    ["denied", "with an explicit deny in an identity-based policy"],
  ] as const) {
    it(`learns from the API why it is not let in as ${name}`, async () => {
      const arn = String(cloud.outputs.itemsArn).replace("12345678", "********");
      const Message = `User: ${session(name)} is not authorized to perform: execute-api:Invoke on resource: ${arn} ${reason}`;
      assert.deepEqual(await ask(name, "execute-api"), [403, JSON.stringify({ Message })]);
    });
  }

  it("may do nothing that the administrator may not, who may do everything", async () => {
    const root = "arn:aws:iam::123456789012:root";
    assert.deepEqual(await ask("administrator", "lambda"), [200, root]);
    assert.deepEqual(await ask("administrator", "execute-api"), [200, root]);
  });

  it("signs with its temporary key by the project's own commands", async () => {
    const key = await keyOf("by-url");
    const caller = new EndpointCaller({ credentials: key, region: cloud.region });
    const response = await caller.post(String(cloud.outputs.calleeUrl), "{}");
    assert.equal(await response.text(), session("by-url"));
  });

  it("A function that signs its requests may send any header", async () => {
    const headers = { constructor: "a", authorization: "AWS4-HMAC-SHA256 Credential=a" };
    const response = await fetch(String(cloud.outputs.calleeUrl), { headers });
    assert.equal(response.status, 403);
  });

  for (const way of ["lambda", "execute-api"] as const) {
    it(`gets 403 from ${way} for a signature of six minutes ago`, async () => {
      const [status, text] = await ask("administrator", way, new Date(Date.now() - 6 * 60_000));
      assert.match(
        `${status} ${text}`,
        /^403 \{"message":"Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)"\}$/,
      );
    });
  }
});
