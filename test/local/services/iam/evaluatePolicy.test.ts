import assert from "node:assert/strict";
import { combineDecisions } from "../../../../local/services/iam/combineDecisions";
import { evaluatePolicy } from "../../../../local/services/iam/evaluatePolicy";
import { parsePolicy } from "../../../../local/services/iam/parsePolicy";

const principal = "arn:aws:iam::123456789012:role/reader";
const root = "arn:aws:iam::123456789012:root";
const allowAll = { Effect: "Allow", Action: "*", Resource: "*" };

function decide(
  statements: readonly object[],
  request: Partial<Parameters<typeof evaluatePolicy>[1]> = {},
): string {
  return evaluatePolicy([parsePolicy({ Version: "2012-10-17", Statement: statements })], {
    principal,
    action: "s3:GetObject",
    resource: "arn:aws:s3:::models/breeds/a.tar.gz",
    ...request,
  });
}

describe("evaluatePolicy", () => {
  it("allows only what a statement allows", () => {
    const statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::models/breeds/*" };
    assert.equal(decide([statement]), "allowed");
    assert.equal(decide([statement], { action: "s3:PutObject" }), "implicitDeny");
    assert.equal(decide([statement], { resource: "arn:aws:s3:::models/other" }), "implicitDeny");
    assert.equal(decide([]), "implicitDeny");
  });

  it("lets a denial win wherever it stands", () => {
    const deny = { Effect: "Deny", Action: "s3:Get*", Resource: "*" };
    assert.equal(decide([deny, allowAll]), "explicitDeny");
    assert.equal(decide([allowAll, deny]), "explicitDeny");
    assert.equal(decide([allowAll, deny], { action: "s3:PutObject" }), "allowed");
  });

  it("compares actions without case, resources with it", () => {
    assert.equal(decide([{ ...allowAll, Action: "S3:getobject" }]), "allowed");
    assert.equal(decide([{ ...allowAll, Resource: "arn:aws:s3:::MODELS/*" }]), "implicitDeny");
  });

  it("knows NotAction and NotResource", () => {
    assert.equal(decide([{ Effect: "Allow", NotAction: "s3:Delete*", Resource: "*" }]), "allowed");
    assert.equal(decide([{ Effect: "Allow", NotAction: "s3:Get*", Resource: "*" }]), "implicitDeny");
    assert.equal(
      decide([{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::models/*" }]),
      "implicitDeny",
    );
  });

  const conditions: [condition: object, context: Record<string, string>, decision: string][] = [
    [{ StringEquals: { "s3:prefix": ["a", "b"] } }, { "s3:prefix": "b" }, "allowed"],
    [{ StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": "b" }, "implicitDeny"],
    [{ StringEquals: { "s3:prefix": "a" } }, {}, "implicitDeny"],
    [{ StringEqualsIfExists: { "s3:prefix": "a" } }, {}, "allowed"],
    [{ StringLike: { "S3:Prefix": "breeds/*" } }, { "s3:prefix": "breeds/x" }, "allowed"],
    [{ StringNotEquals: { "s3:prefix": "a" } }, { "s3:prefix": "b" }, "allowed"],
    [{ StringNotEquals: { "s3:prefix": ["a", "b"] } }, { "s3:prefix": "b" }, "implicitDeny"],
    [{ Bool: { "aws:SecureTransport": false } }, { "aws:SecureTransport": "true" }, "implicitDeny"],
    [{ Bool: { "aws:SecureTransport": "true" } }, { "aws:SecureTransport": "true" }, "allowed"],
    [{ Null: { "s3:prefix": "true" } }, {}, "allowed"],
    [{ Null: { "s3:prefix": "true" } }, { "s3:prefix": "" }, "implicitDeny"],
    [
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:b*" } },
      { "aws:SourceArn": "arn:aws:s3:::bucket" },
      "allowed",
    ],
    [{ ArnLike: { "aws:SourceArn": "arn:aws:*:b" } }, { "aws:SourceArn": "arn:aws:s3:::b" }, "implicitDeny"],
    [{ NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "11" }, "implicitDeny"],
    [{ "ForAnyValue:StringEquals": { k: ["a", "b"] } }, { k: "b" }, "allowed"],
    [{ "ForAnyValue:StringEquals": { k: "a" } }, {}, "implicitDeny"],
    [{ "ForAnyValue:StringNotEquals": { k: "a" } }, {}, "implicitDeny"],
    [{ "ForAllValues:StringEquals": { k: "a" } }, {}, "allowed"],
    [{ StringEquals: { a: "1" }, StringLike: { b: "2*" } }, { a: "1", b: "3" }, "implicitDeny"],
  ];
  for (const [condition, context, decision] of conditions) {
    it(`finds ${JSON.stringify(condition)} ${decision} for ${JSON.stringify(context)}`, () => {
      assert.equal(decide([{ ...allowAll, Condition: condition }], { context }), decision);
    });
  }

  it("applies a resource policy to the principals it names", () => {
    const grant = (Principal: unknown) => [{ ...allowAll, Principal }];
    assert.equal(decide(grant("*")), "allowed");
    assert.equal(decide(grant({ AWS: [principal] })), "allowed");
    assert.equal(decide(grant({ AWS: "arn:aws:iam::123456789012:role/other" })), "implicitDeny");
    assert.equal(decide(grant({ Service: "lambda.amazonaws.com" })), "implicitDeny");
  });

  it("grants nothing to a role by naming its account, yet denies it", () => {
    const named = { ...allowAll, Principal: { AWS: "123456789012" } };
    assert.equal(decide([named]), "implicitDeny");
    assert.equal(decide([named], { principal: root }), "allowed");
    assert.equal(decide([{ ...named, Effect: "Deny" }]), "explicitDeny");
  });

  it("is allowed by either of two policies and denied by either", () => {
    assert.equal(combineDecisions("implicitDeny", "allowed"), "allowed");
    assert.equal(combineDecisions("allowed", "explicitDeny"), "explicitDeny");
    assert.equal(combineDecisions("implicitDeny", "implicitDeny"), "implicitDeny");
  });
});

describe("parsePolicy", () => {
  const refused: [policy: unknown, message: string][] = [
    ["{", "The policy is not JSON."],
    ["[]", "A policy is a JSON object with a `Statement`."],
    [
      { Statement: { Effect: "Allow", Resource: "*" } },
      "A policy's statement has either `Action` or `NotAction`.",
    ],
    [{ Statement: { ...allowAll, Effect: "allow" } }, "`Effect` is `Allow` or `Deny`."],
    [{ Statement: { ...allowAll, Resources: "*" } }, "A policy's statement has no element `Resources`."],
    [
      { Statement: { ...allowAll, Condition: { DateLessThan: { "aws:CurrentTime": "2030" } } } },
      "The local cloud cannot evaluate the condition operator `DateLessThan`.",
    ],
    [
      { Statement: { ...allowAll, Resource: "arn:aws:s3:::b/$" + "{aws:username}" } },
      "The local cloud does not know policy variables (`arn:aws:s3:::b/$" + "{aws:username}`).",
    ],
  ];
  for (const [policy, message] of refused) {
    it(`refuses ${JSON.stringify(policy)}`, () => {
      assert.throws(() => parsePolicy(policy), { message });
    });
  }
});
