import assert from "node:assert/strict";
import type {
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { levelIn } from "../../policy/lib/profile";
import type { Rule } from "../../policy/lib/rule";
import { type PackContext, toPolicy } from "../../policy/lib/toPolicy";
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

/** Thrown as the engine ends a policy that is not for a resource. */
class NotApplicable extends Error {}

const notApplicable = (reason?: string): never => {
  throw new NotApplicable(reason);
};

const EXCEPTIONS = [
  { rule: "lambda-url-auth", resource: "iris", reason: "a demonstration", expires: "2026-12-31" },
];

const packOf = (today = "2026-11-21"): PackContext => ({
  rules: RULES,
  contextOf: () => ({ root: __dirname, today, exceptions: { exceptions: EXCEPTIONS, mistakes: [] } }),
  levelOf: (rule) => levelIn("strict", rule.tier ?? "baseline"),
  excepted: [],
});

describe("a rule as a policy of the engine", () => {
  const policyOf = (rule: Rule, pack = packOf()) => toPolicy(rule, pack);

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

  /** Gives what a resource policy reports, as the engine gets it. */
  async function validate(rule: Rule, args: ResourceValidationArgs, pack?: PackContext): Promise<unknown[]> {
    const reported: unknown[] = [];
    const policy = policyOf(rule, pack) as ResourceValidationPolicy;
    await (policy.validateResource as ResourceValidation)(args, (violation) => reported.push(violation));
    return reported;
  }

  async function validateStack(
    rule: Rule,
    resources: readonly Partial<PolicyResource>[],
    pack?: PackContext,
  ): Promise<unknown[]> {
    const reported: unknown[] = [];
    await (policyOf(rule, pack) as StackValidationPolicy).validateStack(
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

  it("A policy carries its rule's description, level, severity, controls and limits", () => {
    const { validateResource, remediateResource, ...rest } = policyOf(
      logsRetention,
    ) as ResourceValidationPolicy;
    assert.deepEqual(rest, {
      name: "logs-retention",
      description: "Logs end some day. Without a retention they are kept, and paid for, for ever.",
      enforcementLevel: "mandatory",
      severity: "medium",
      url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
      remediationSteps: "Set `retentionInDays` (setting `paddock:logRetentionDays`).",
      tags: ["CKV_AWS_66"],
      configSchema: {
        properties: { minDays: { type: "number", default: 7 }, maxDays: { type: "number", default: 3653 } },
      },
    });
  });

  it("A rule sees whether a resource is deleted before its successor is live", async () => {
    const args = (opts: object) => ({
      ...resourceArgs("aws:apigateway/restApi:RestApi", {}),
      opts: { protect: false, ...opts } as never,
    });
    const reported = await Promise.all(
      [{}, { deleteBeforeReplace: true }].map((opts) => validate(apiReplacement, args(opts))),
    );
    assert.deepEqual(
      reported.map(({ length }) => length),
      [0, 1],
    );
  });

  it("A violation says what is, what is allowed and what to do", async () => {
    const type = "aws:cloudwatch/logGroup:LogGroup";
    assert.deepEqual(await validate(logsRetention, resourceArgs(type, { retentionInDays: 1 })), [
      {
        message:
          "kept for 1 days; allowed: 7 to 3653 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
        urn: `urn:pulumi:dev::paddock::${type}::iris`,
      },
    ]);
  });

  it("A rule takes its limits from the pack's configuration", async () => {
    const args = resourceArgs("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 1 }, { minDays: 1 });
    assert.deepEqual(await validate(logsRetention, args), []);
  });

  it("What is excepted is one line a rule, at the end, that advises", async () => {
    const type = "aws:lambda/functionUrl:FunctionUrl";
    const pack = packOf();
    const args = resourceArgs(type, { authorizationType: "NONE" });
    assert.deepEqual(await validate(lambdaUrlAuth, args, pack), []);
    assert.deepEqual(await validate(lambdaUrlAuth, args, pack), []);
    const stack = [{ type, name: "iris", urn: args.urn, props: {} }];
    const line = {
      message: "lambda-url-auth is excepted for iris until 2026-12-31: a demonstration",
      enforcementLevel: "advisory",
    };
    assert.deepEqual(await validateStack(stackExceptions, stack, pack), [line]);
    assert.deepEqual(await validateStack(stackExceptions, stack, pack), []);
  });

  it("A violation whose exception ended stops the deployment, and says so", async () => {
    const type = "aws:lambda/functionUrl:FunctionUrl";
    const args = resourceArgs(type, { authorizationType: "NONE" });
    assert.deepEqual(await validate(lambdaUrlAuth, args, packOf("2027-01-01")), [
      {
        message: `authorization NONE; allowed: AWS_IAM. ${lambdaUrlAuth.cure} Its exception ended on 2026-12-31 (a demonstration).`,
        urn: args.urn,
      },
    ]);
  });

  it("A rule is not applicable to another type of resource", async () => {
    await assert.rejects(validate(lambdaTracing, resourceArgs("aws:sqs/queue:Queue", {})), NotApplicable);
    await assert.rejects(validateStack(s3Versioning, []), NotApplicable);
  });

  it("A rule ends with the engine's own error at a value that is not known", async () => {
    const args = resourceArgs("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: unknownValue });
    await assert.rejects(validate(logsRetention, args), isUnknownValue);
  });

  it("A rule about the stack reports the other resources though one is unknown", async () => {
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
    assert.deepEqual(reported, [`urn:pulumi:dev::paddock::${FUNCTION}::f1`]);
  });

  it("The rule about exceptions judges the stack as a whole", async () => {
    const urn = `urn:pulumi:dev::paddock::${FUNCTION}::iris`;
    assert.deepEqual(
      await validateStack(stackExceptions, [{ type: FUNCTION, name: "iris", urn, props: {} }]),
      [],
    );
  });
});

describe("remediation", () => {
  async function remediate(rule: Rule, type: string, props: object): Promise<unknown> {
    const policy = toPolicy(rule, packOf()) as ResourceValidationPolicy;
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

  it("Remediation is offered where any stack is right with it", () => {
    assert.deepEqual(remediable.map(({ name }) => name).sort(), [
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

  it("Remediation returns all properties, the wrong one set right", async () => {
    const returned = await remediate(lambdaTracing, FUNCTION, { handler: "index.handler" });
    assert.deepEqual(JSON.parse(JSON.stringify(returned)), {
      handler: "index.handler",
      tracingConfig: { mode: "Active" },
    });
  });

  it("Remediation does not touch what is right, nor properties that are not known", async () => {
    assert.equal(await remediate(lambdaTracing, FUNCTION, { tracingConfig: { mode: "Active" } }), undefined);
    const props = { role: unknownValue };
    await remediate(lambdaTracing, FUNCTION, props);
    assert.deepEqual(props, { role: unknownValue, tracingConfig: { mode: "Active" } });
  });

  it("Remediation never touches a resource that holds an archive or an asset, however deep", async () => {
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
