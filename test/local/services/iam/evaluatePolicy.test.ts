import assert from "node:assert/strict";
import type { Context } from "../../../../local/services/iam/context";
import { combineDecisions, evaluatePolicy } from "../../../../local/services/iam/evaluatePolicy";
import { readPolicy } from "../../../../local/services/iam/readPolicy";

const PRINCIPAL = "arn:aws:iam::123456789012:role/reader";
const ROOT = "arn:aws:iam::123456789012:root";
const allowAll = { Effect: "Allow", Action: "*", Resource: "*" };

function decide(
  statements: readonly object[],
  request: Partial<Parameters<typeof evaluatePolicy>[1]> = {},
): string {
  return evaluatePolicy([readPolicy({ Version: "2012-10-17", Statement: statements })], {
    principal: PRINCIPAL,
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

  it("lets a denial win in whichever statement it is", () => {
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

  const conditions: [condition: object, context: Context, decision: string][] = [
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
    [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, { "aws:SourceIp": "10.1.2.3" }, "allowed"],
    [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, { "aws:SourceIp": "::ffff:10.1.2.3" }, "allowed"],
    [{ IpAddress: { "aws:SourceIp": ["2001:db8::/32"] } }, { "aws:SourceIp": "2001:db8::7" }, "allowed"],
    [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, { "aws:SourceIp": "127.0.0.1" }, "implicitDeny"],
    [{ IpAddress: { "aws:SourceIp": "10.0.0.1" } }, { "aws:SourceIp": "not an address" }, "implicitDeny"],
    [{ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, { "aws:SourceIp": "127.0.0.1" }, "allowed"],
    [{ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, {}, "allowed"],
    [{ DateLessThan: { d: "2030-01-01T00:00:00Z" } }, { d: "2029-12-31T23:59:59Z" }, "allowed"],
    [{ DateLessThan: { d: "2030-01-01T00:00:00Z" } }, { d: "2030-01-01T00:00:00Z" }, "implicitDeny"],
    [{ DateGreaterThanEquals: { d: "1893456000" } }, { d: "2030-01-01T00:00:00Z" }, "allowed"],
    [{ NumericLessThan: { n: "5" } }, { n: "five" }, "implicitDeny"],
    [{ NumericNotEquals: { n: "5" } }, { n: "6" }, "allowed"],
    [{ StringEqualsIgnoreCase: { k: "A" } }, { k: "a" }, "allowed"],
    [{ BinaryEquals: { k: "QmlueQ==" } }, { k: "QmlueQ==" }, "allowed"],
    [{ stringequals: { k: "a" } }, { k: "a" }, "allowed"],
    [{ "ForAllValues:StringLike": { k: ["a*", "b*"] } }, { k: ["ax", "bx"] }, "allowed"],
    [{ "ForAllValues:StringLike": { k: ["a*", "b*"] } }, { k: ["ax", "cx"] }, "implicitDeny"],
    [{ "ForAllValues:StringEquals": { k: "a" } }, { k: "" }, "allowed"],
    [{ "ForAnyValue:StringEquals": { k: "" } }, { k: "" }, "implicitDeny"],
    [{ "ForAllValues:StringNotEquals": { k: ["a", "b"] } }, { k: ["c", "b"] }, "implicitDeny"],
    [{ "ForAnyValue:StringNotEquals": { k: ["a", "b"] } }, { k: ["c", "b"] }, "allowed"],
    [{ "ForAnyValue:StringEqualsIfExists": { k: "a" } }, {}, "implicitDeny"],
    [{ StringEquals: { k: "a" } }, { k: ["a"] }, "implicitDeny"],
    [{ StringEquals: { k: "$" + "{aws:userid}" } }, { k: "AROA:f", "aws:userid": "AROA:f" }, "allowed"],
    [{ StringEquals: { k: "$" + "{aws:userid}" } }, { k: "$" + "{aws:userid}" }, "implicitDeny"],
    [{ StringNotEquals: { k: "$" + "{aws:PrincipalTag/team}" } }, { k: "a" }, "allowed"],
    [{ StringLike: { k: "$" + "{aws:userid}" } }, { k: "anything", "aws:userid": "*" }, "implicitDeny"],
    [{ StringLike: { k: "a$" + "{*}*" } }, { k: "a*b" }, "allowed"],
    [{ StringLike: { k: "a$" + "{*}*" } }, { k: "aXb" }, "implicitDeny"],
    [{ StringEquals: { k: "$" + "{aws:PrincipalTag/team, 'none'}" } }, { k: "none" }, "allowed"],
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
    assert.equal(decide(grant({ AWS: [PRINCIPAL] })), "allowed");
    assert.equal(decide(grant({ AWS: "arn:aws:iam::123456789012:role/other" })), "implicitDeny");
    assert.equal(decide(grant({ Service: "lambda.amazonaws.com" })), "implicitDeny");
  });

  it("grants nothing to a role by naming its account, yet denies it", () => {
    const named = { ...allowAll, Principal: { AWS: "123456789012" } };
    assert.equal(decide([named]), "implicitDeny");
    assert.equal(decide([named], { principal: ROOT }), "allowed");
    assert.equal(decide([{ ...named, Effect: "Deny" }]), "explicitDeny");
  });

  it("puts the values of variables into resources, and matches nothing where a value is missing", () => {
    const own = { ...allowAll, Resource: "arn:aws:s3:::models/$" + "{aws:PrincipalTag/team}/*" };
    const context = { "aws:PrincipalTag/team": "breeds" };
    assert.equal(decide([own], { context }), "allowed");
    assert.equal(decide([own], { context: { "aws:PrincipalTag/team": "*" } }), "implicitDeny");
    assert.equal(decide([own]), "implicitDeny");
  });

  it("takes a policy without the newer version by the letter, variables too", () => {
    const statement = { ...allowAll, Resource: "arn:aws:s3:::models/$" + "{aws:userid}" };
    const request = { principal: PRINCIPAL, action: "s3:GetObject", context: { "aws:userid": "a" } };
    const older = readPolicy({ Statement: statement });
    assert.equal(evaluatePolicy([older], { ...request, resource: "arn:aws:s3:::models/a" }), "implicitDeny");
    assert.equal(evaluatePolicy([older], { ...request, resource: statement.Resource }), "allowed");
  });

  it("keeps a wildcard in a field of a resource's ARN within that field", () => {
    const statement = { ...allowAll, Resource: "arn:aws:s3:*:models/*" };
    assert.equal(decide([statement]), "implicitDeny");
    assert.equal(decide([{ ...statement, Resource: "arn:aws:s3:*:*:models/*" }]), "allowed");
    assert.equal(decide([{ ...statement, Resource: "arn:aws:s3:*" }]), "allowed");
  });

  it("knows a role's session beside the role", () => {
    const sessionArn = "arn:aws:sts::123456789012:assumed-role/reader/f";
    const named = [{ ...allowAll, Principal: { AWS: sessionArn } }];
    assert.equal(decide(named, { sessionArn }), "allowed");
    assert.equal(decide(named, { sessionArn: `${sessionArn}x` }), "implicitDeny");
  });

  it("applies statements for everyone to services, and those for a service to no one else", () => {
    const service = { principal: "s3.amazonaws.com" };
    assert.equal(decide([{ ...allowAll, Principal: { AWS: "*" } }], service), "allowed");
    assert.equal(decide([{ ...allowAll, Principal: { Service: "s3.amazonaws.com" } }], service), "allowed");
    assert.equal(
      decide([{ ...allowAll, Principal: { Service: "sns.amazonaws.com" } }], service),
      "implicitDeny",
    );
  });

  it("denies all but those in NotPrincipal, who are spared only together with their account", () => {
    const deny = (...AWS: string[]) =>
      decide([allowAll, { ...allowAll, Effect: "Deny", NotPrincipal: { AWS } }]);
    assert.equal(deny(PRINCIPAL, ROOT), "allowed");
    assert.equal(deny(PRINCIPAL, "123456789012"), "allowed");
    assert.equal(deny(PRINCIPAL), "explicitDeny");
    assert.equal(deny(ROOT), "explicitDeny");
    assert.equal(deny(`${PRINCIPAL}s`, ROOT), "explicitDeny");
  });

  it("is allowed by either of two policies and denied by either", () => {
    assert.equal(combineDecisions("implicitDeny", "allowed"), "allowed");
    assert.equal(combineDecisions("allowed", "explicitDeny"), "explicitDeny");
    assert.equal(combineDecisions("implicitDeny", "implicitDeny"), "implicitDeny");
    assert.equal(combineDecisions("boundaryDeny", "allowed"), "boundaryDeny");
  });
});
