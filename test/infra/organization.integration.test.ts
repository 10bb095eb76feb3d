import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Declaration, Declared } from "@paddock/local/program";
import { declare, readStackConfig } from "@paddock/local/program";
import { declareStack, declareWith, find } from "../helpers/program/declareStack";
import { sourcesIn } from "../helpers/sources/sourcesIn";

const ROOT = path.resolve(__dirname, "../..");
const PERMISSION = "aws:lambda/permission:Permission";
const CALLER = "arn:aws:iam::210987654321:role/caller";

const ofType = ({ resources }: Declaration, type: string) => resources.filter((one) => one.type === type);

describe("a stack in an organization's account", () => {
  const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
  let stack: Declaration;
  before(async () => {
    stack = await declareStack({
      permissionsBoundary,
      rolePath: "/teams/ml/",
      tags: '{"team":"ml","cost-center":"42"}',
      availabilityZones: '["us-east-1c","us-east-1a"]',
      allowedPrincipals: JSON.stringify([CALLER]),
      functionUrlAuth: "AWS_IAM",
      apiAuth: "AWS_IAM",
      accessLogs: "on-with-account-role",
      "pulumi:autonaming": JSON.stringify({ pattern: `acme-\${name}-\${hex(7)}` }),
    });
  });

  it("Names have the prefix of the engine's own setting, those of log groups too", () => {
    for (const [type, property] of [
      ["aws:iam/role:Role", "name"],
      ["aws:lambda/function:Function", "name"],
      ["aws:s3/bucket:Bucket", "bucket"],
      ["aws:cloudwatch/logGroup:LogGroup", "name"],
    ] as const) {
      for (const { inputs } of ofType(stack, type)) {
        assert.match(String(inputs[property]), /^(\/paddock\/dev\/)?acme-[a-z-]+-[0-9a-f]{7}(-access)?$/);
      }
    }
  });

  it("Every role has the boundary and the path of the settings", () => {
    const roles = ofType(stack, "aws:iam/role:Role");
    assert.ok(roles.length >= 9, `${roles.length} roles`);
    for (const { inputs, name } of roles) {
      assert.deepEqual([inputs.path, inputs.permissionsBoundary], ["/teams/ml/", permissionsBoundary], name);
    }
  });

  it("Extra tags are on every resource that has the stack's own", () => {
    const tagged = stack.resources.filter(({ inputs }) => inputs.tags !== undefined);
    assert.ok(tagged.length > 50, `${tagged.length} resources with tags`);
    for (const { inputs, urn } of tagged) {
      const { Name, SubnetType, ...tags } = inputs.tags as Record<string, string>;
      assert.deepEqual(tags, { project: "paddock", stack: "dev", team: "ml", "cost-center": "42" }, urn);
    }
  });

  it("The network is in the zones that the setting names, and a zone that the region lacks is an error", async () => {
    const zones = ofType(stack, "aws:ec2/subnet:Subnet")
      .filter(({ inputs }) => !inputs.mapPublicIpOnLaunch)
      .map(({ inputs }) => inputs.availabilityZone);
    assert.deepEqual(zones, ["us-east-1c", "us-east-1a"]);
    assert.equal(ofType(stack, "aws:efs/mountTarget:MountTarget").length, 2);
    await assert.rejects(declareStack({ availabilityZones: '["us-east-1a","us-east-1f"]' }), {
      message:
        "Setting `availabilityZones` names us-east-1f; the region's zones are us-east-1a, us-east-1b, us-east-1c.",
    });
  });

  it("A principal of another account may call each function URL and the REST API", () => {
    const ofIris = ofType(stack, PERMISSION).filter(({ name }) => /^iris-/.test(name));
    assert.deepEqual(
      ofIris.map(({ inputs: { statementId, function: fn, ...rest } }) => rest),
      [
        {
          action: "lambda:InvokeFunctionUrl",
          functionUrlAuthType: "AWS_IAM",
          principal: CALLER,
          qualifier: "live",
        },
        {
          action: "lambda:InvokeFunction",
          invokedViaFunctionUrl: true,
          principal: CALLER,
          qualifier: "live",
        },
      ],
    );
    const { policy } = find(stack, "aws:apigateway/restApiPolicy:RestApiPolicy", "api").inputs;
    const [callers, preflight] = JSON.parse(String(policy)).Statement;
    assert.deepEqual(callers.Principal, { AWS: [CALLER] });
    // Nobody signs those, and web pages of every origin may call dev.
    assert.equal(preflight.Principal, "*");
    assert.match(preflight.Resource, /\/\*\/OPTIONS\/\*$/);
  });

  it("Without principals of other accounts an API has no policy, and is published anew when they come", async () => {
    const without = await declareStack();
    assert.deepEqual(ofType(without, "aws:apigateway/restApiPolicy:RestApiPolicy"), []);
    const signed = await declareWith({ apiAuth: "AWS_IAM" });
    const triggers = (declaration: Declaration) =>
      find(declaration, "aws:apigateway/deployment:Deployment", "api").inputs.triggers;
    assert.notDeepEqual(triggers(stack), triggers(signed));
  });

  it("API Gateway's account role is left alone by default, and outlives a stack that sets it", async () => {
    assert.deepEqual(roleOf(await declareStack()), []);
    assert.deepEqual(
      roleOf(stack).map(({ type, retainOnDelete }) => `${type.split(":").pop()} ${retainOnDelete}`),
      ["Role true", "RolePolicyAttachment true", "Account true"],
    );
  });

  it("In another partition, under a name with dots, ARNs are the partition's and names are AWS's", async () => {
    const config = readStackConfig(ROOT, "prod", { "aws:region": "cn-north-1", endpointName: "smoke" });
    const place = { accountId: "123456789012", region: "cn-north-1" };
    const other = await declare({ stackConfig: { ...config, stack: "prod.eu-1" }, place });
    const policies = other.resources.filter(({ type }) => /:(RolePolicy|BucketPolicy)$/.test(type));
    const arns = policies.flatMap(({ inputs }) => String(inputs.policy).match(/arn:[^"]*/g) ?? []);
    // What only the local cloud makes (file systems, access points) is of the partition of most regions.
    const own = arns.filter((arn) => /^arn:[\w-]+:(s3|logs|ec2|sagemaker):/.test(arn));
    assert.ok(own.length > 25, `${own.length} ARNs`);
    assert.deepEqual(
      own.filter((arn) => !arn.startsWith("arn:aws-cn:")),
      [],
    );
    const [, attachment] = roleOf(other);
    assert.match(String(attachment?.inputs.policyArn), /^arn:aws-cn:iam::aws:policy\//);
    const layer = find(other, "aws:lambda/layerVersion:LayerVersion", "onnxruntime");
    assert.equal(layer.inputs.layerName, "paddock-prod-eu-1-onnxruntime");
    const group = find(other, "aws:cloudwatch/logGroup:LogGroup", "iris");
    assert.match(String(group.inputs.name), /^\/paddock\/prod\.eu-1\/iris-/);
  });

  it("No ARN in the program's code names a partition", () => {
    const sources = ["infra", "functions"].flatMap(sourcesIn);
    assert.ok(sources.length > 100);
    const named = sources.filter((file) =>
      // The example in a message is none.
      /(?<!\[")arn:aws:/.test(fs.readFileSync(path.join(ROOT, file), "utf8")),
    );
    assert.deepEqual(named, []);
  });
});

/** The parts of the component that sets API Gateway's role. */
function roleOf({ resources }: Declaration): Declared[] {
  const owner = resources.find(({ type }) => type === "paddock:index:ApiGatewayAccount");
  return resources.filter(({ parent }) => owner !== undefined && parent === owner.urn);
}
