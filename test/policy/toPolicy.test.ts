import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type {
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Rule } from "../../policy/lib/rule";
import { toPolicy } from "../../policy/lib/toPolicy";
import { isUnknownValue, withUnknownChecks } from "../../policy/lib/unknownValues";
import { RULES } from "../../policy/rules";
import { apiReplacement } from "../../policy/rules/api/replacement";
import { lambdaTracing } from "../../policy/rules/lambda/tracing";
import { lambdaUrlAuth } from "../../policy/rules/lambda/urlAuth";
import { logsRetention } from "../../policy/rules/logs/retention";
import { packageReadable } from "../../policy/rules/package/readable";
import { s3Versioning } from "../../policy/rules/s3/versioning";
import { stackExceptions } from "../../policy/rules/stack/exceptions";

const FUNCTION = "aws:lambda/function:Function";

/** As the engine ends a policy that is not for a resource. */
class NotApplicable extends Error {}

const notApplicable = (reason?: string): never => {
  throw new NotApplicable(reason);
};

describe("a rule as a policy of the engine", () => {
  let projectDir: string;

  before(() => {
    projectDir = fs.mkdtempSync(path.join(tmpdir(), "paddock-test-"));
    const exceptions = [
      { rule: "lambda-url-auth", resource: "iris", reason: "a demonstration", expires: "2026-12-31" },
    ];
    const config = { config: { "paddock:policyExceptions": exceptions } };
    fs.writeFileSync(path.join(projectDir, "Pulumi.dev.yaml"), JSON.stringify(config));
  });

  after(() => {
    fs.rmSync(projectDir, { recursive: true });
  });

  const policyOf = (rule: Rule, today = "2026-11-21") =>
    toPolicy(
      rule,
      RULES.map(({ name }) => name),
      () => ({ projectDir, today }),
    );

  function resourceArgs(type: string, props: object, config: object = {}): ResourceValidationArgs {
    return {
      ...{ type, name: "iris", urn: `urn:pulumi:dev::paddock::${type}::iris` },
      props: withUnknownChecks(props),
      opts: { protect: false } as never,
      stackTags: new Map(),
      isType: () => false,
      asType: () => undefined,
      getConfig: <T extends object>() => config as T,
      notApplicable,
    };
  }

  /** What a resource policy reports, as the engine gets it. */
  async function validate(rule: Rule, args: ResourceValidationArgs, today?: string): Promise<unknown[]> {
    const reported: unknown[] = [];
    const policy = policyOf(rule, today) as ResourceValidationPolicy;
    await (policy.validateResource as ResourceValidation)(args, (violation) => reported.push(violation));
    return reported;
  }

  async function validateStack(
    rule: Rule,
    resources: readonly Partial<PolicyResource>[],
  ): Promise<unknown[]> {
    const reported: unknown[] = [];
    await (policyOf(rule) as StackValidationPolicy).validateStack(
      {
        resources: resources.map((resource) => ({
          opts: { protect: false },
          dependencies: [],
          propertyDependencies: {},
          ...resource,
        })) as PolicyResource[],
        stackTags: new Map(),
        getConfig: <T extends object>() => ({}) as T,
        notApplicable,
      },
      (violation) => reported.push(violation),
    );
    return reported;
  }

  it("carries its description, level, severity, controls and limits", () => {
    const { validateResource, remediateResource, ...rest } = policyOf(
      logsRetention,
    ) as ResourceValidationPolicy;
    assert.deepStrictEqual(rest, {
      name: "logs-retention",
      description: "Logs end some day. Without a retention they are kept, and paid for, for ever.",
      enforcementLevel: "mandatory",
      severity: "medium",
      url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
      remediationSteps: "Set `retentionInDays` (setting `paddock:logRetentionDays`).",
      tags: ["CloudWatch.16", "CKV_AWS_66", "CKV_AWS_338"],
      configSchema: {
        properties: { minDays: { type: "number", default: 7 }, maxDays: { type: "number", default: 731 } },
      },
    });
  });

  it("is told whether a resource is deleted before its successor stands", async () => {
    const args = (opts: object) => ({
      ...resourceArgs("aws:apigateway/restApi:RestApi", {}),
      opts: { protect: false, ...opts } as never,
    });
    const reported = await Promise.all(
      [{}, { deleteBeforeReplace: true }].map((opts) => validate(apiReplacement, args(opts))),
    );
    assert.deepStrictEqual(
      reported.map(({ length }) => length),
      [0, 1],
    );
  });

  it("reports what is, what may be and what to do", async () => {
    const type = "aws:cloudwatch/logGroup:LogGroup";
    assert.deepStrictEqual(await validate(logsRetention, resourceArgs(type, { retentionInDays: 1 })), [
      {
        message:
          "kept for 1 days; allowed: 7 to 731 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
        urn: `urn:pulumi:dev::paddock::${type}::iris`,
      },
    ]);
  });

  it("takes its limits from the pack's configuration", async () => {
    const args = resourceArgs("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 1 }, { minDays: 1 });
    assert.deepStrictEqual(await validate(logsRetention, args), []);
  });

  it("only advises where the stack made an exception, and says so", async () => {
    const type = "aws:lambda/functionUrl:FunctionUrl";
    assert.deepStrictEqual(await validate(lambdaUrlAuth, resourceArgs(type, { authorizationType: "NONE" })), [
      {
        message: `Excepted until 2026-12-31 (a demonstration): authorization NONE; allowed: AWS_IAM. ${lambdaUrlAuth.cure}`,
        urn: `urn:pulumi:dev::paddock::${type}::iris`,
        enforcementLevel: "advisory",
      },
    ]);
  });

  it("stops the deployment where the exception ended, and says so", async () => {
    const type = "aws:lambda/functionUrl:FunctionUrl";
    assert.deepStrictEqual(
      await validate(lambdaUrlAuth, resourceArgs(type, { authorizationType: "NONE" }), "2027-01-01"),
      [
        {
          message: `authorization NONE; allowed: AWS_IAM. ${lambdaUrlAuth.cure} Its exception ended on 2026-12-31 (a demonstration).`,
          urn: `urn:pulumi:dev::paddock::${type}::iris`,
        },
      ],
    );
  });

  it("is not applicable to another type of resource", async () => {
    await assert.rejects(validate(lambdaTracing, resourceArgs("aws:sqs/queue:Queue", {})), NotApplicable);
    await assert.rejects(validateStack(s3Versioning, []), NotApplicable);
  });

  it("ends with the engine's own error at a value that is not known", async () => {
    const args = resourceArgs("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: unknownValue });
    await assert.rejects(validate(logsRetention, args), isUnknownValue);
  });

  it("about the stack reports the other resources though one is unknown", async () => {
    const functions = [{ code: unknownValue }, { s3Bucket: "b", s3Key: "k" }].map((props, index) => ({
      type: FUNCTION,
      name: `f${index}`,
      urn: `urn:pulumi:dev::paddock::${FUNCTION}::f${index}`,
      props: withUnknownChecks(props),
    }));
    const reported: unknown[] = [];
    const policy = policyOf(packageReadable) as StackValidationPolicy;
    const resources = functions.map((one) => ({
      ...one,
      opts: { protect: false },
      dependencies: [],
      propertyDependencies: {},
    }));
    await assert.rejects(
      async () =>
        policy.validateStack(
          {
            resources: resources as unknown as PolicyResource[],
            stackTags: new Map(),
            getConfig: <T extends object>() => ({}) as T,
            notApplicable,
          },
          (_, urn) => reported.push(urn),
        ),
      isUnknownValue,
    );
    assert.deepStrictEqual(reported, [`urn:pulumi:dev::paddock::${FUNCTION}::f1`]);
  });

  it("about exceptions judges the stack as a whole", async () => {
    const urn = `urn:pulumi:dev::paddock::${FUNCTION}::iris`;
    assert.deepStrictEqual(
      await validateStack(stackExceptions, [{ type: FUNCTION, name: "iris", urn, props: {} }]),
      [],
    );
  });
});

describe("remediation", () => {
  const surroundings = () => ({ projectDir: __dirname, today: "2026-11-21" });

  async function remediate(rule: Rule, type: string, props: object): Promise<unknown> {
    const policy = toPolicy(rule, [], surroundings) as ResourceValidationPolicy;
    return policy.remediateResource?.({
      ...{
        type,
        name: "iris",
        urn: `urn:pulumi:dev::paddock::${type}::iris`,
        props: withUnknownChecks(props),
      },
      opts: { protect: false } as never,
      stackTags: new Map(),
      isType: () => false,
      asType: () => undefined,
      getConfig: <T extends object>() => ({}) as T,
      notApplicable,
    });
  }

  const remediable = RULES.filter((rule) => rule.scope === "resource" && rule.remediate !== undefined);

  it("is offered where any stack is right with it", () => {
    assert.deepStrictEqual(remediable.map(({ name }) => name).sort(), [
      "api-cache-encrypted",
      "api-data-trace",
      "api-domain-tls",
      "api-tracing",
      "kms-rotation",
      "lambda-json-logs",
      "lambda-tracing",
      "logs-retention",
    ]);
  });

  it("returns all properties, the wrong one set right", async () => {
    const returned = await remediate(lambdaTracing, FUNCTION, { handler: "index.handler" });
    assert.deepStrictEqual(JSON.parse(JSON.stringify(returned)), {
      handler: "index.handler",
      tracingConfig: { mode: "Active" },
    });
  });

  it("leaves alone what is right, and properties that are not known", async () => {
    assert.equal(await remediate(lambdaTracing, FUNCTION, { tracingConfig: { mode: "Active" } }), undefined);
    const props = { role: unknownValue };
    await remediate(lambdaTracing, FUNCTION, props);
    assert.deepStrictEqual(props, { role: unknownValue, tracingConfig: { mode: "Active" } });
  });

  it("never touches a resource that holds an archive or an asset, however deep", async () => {
    const text = new pulumi.asset.StringAsset("");
    const archives = [
      new pulumi.asset.AssetArchive({ "index.js": text }),
      new pulumi.asset.FileArchive("a.zip"),
      text,
    ];
    for (const code of archives) {
      assert.equal(await remediate(lambdaTracing, FUNCTION, { code }), undefined);
      assert.equal(await remediate(lambdaTracing, FUNCTION, { list: [{ code }] }), undefined);
    }
  });
});
