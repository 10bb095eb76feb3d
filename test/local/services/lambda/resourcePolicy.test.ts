import assert from "node:assert/strict";
import { evaluatePolicy } from "../../../../local/services/iam/evaluatePolicy";
import { type PolicyStatement, resourcePolicy } from "../../../../local/services/lambda/resourcePolicy";

const arnOf = (qualifier?: string) =>
  `arn:aws:lambda:eu-west-1:123456789012:function:f${qualifier ? `:${qualifier}` : ""}`;
const statement: PolicyStatement = {
  statementId: "s",
  action: "lambda:InvokeFunction",
  principal: "s3.amazonaws.com",
  qualifier: "live",
  sourceArn: "arn:aws:s3:::bucket-?/*",
  sourceAccount: "123456789012",
};
const context = { "aws:SourceArn": "arn:aws:s3:::bucket-1/a/b", "aws:SourceAccount": "123456789012" };
const request = {
  action: "lambda:InvokeFunction",
  principal: "s3.amazonaws.com",
  resource: arnOf("live"),
  context,
};

const decide = (
  statements: readonly PolicyStatement[],
  change: Partial<Parameters<typeof evaluatePolicy>[1]> = {},
) => evaluatePolicy([resourcePolicy(statements, arnOf)], { ...request, ...change });

describe("resourcePolicy", () => {
  it("allows a request that meets each condition of a statement", () => {
    assert.equal(decide([statement]), "allowed");
  });

  it("allows nothing without a statement", () => {
    assert.equal(decide([]), "implicitDeny");
  });

  for (const [title, change] of [
    ["action", { action: "lambda:InvokeFunctionUrl" }],
    ["principal", { principal: "apigateway.amazonaws.com" }],
    ["anonymous caller", { principal: "*" }],
    ["qualifier", { resource: arnOf() }],
    ["source ARN", { context: { ...context, "aws:SourceArn": "arn:aws:s3:::bucket-10/a" } }],
    ["missing source ARN", { context: { "aws:SourceAccount": "123456789012" } }],
    ["source account", { context: { ...context, "aws:SourceAccount": "210987654321" } }],
  ] as const) {
    it(`does not allow another ${title}`, () => {
      assert.equal(decide([statement], change), "implicitDeny");
    });
  }

  const url = { context: { "lambda:FunctionUrlAuthType": "NONE", "lambda:InvokedViaFunctionUrl": "true" } };
  it("lets anyone in by *, under the conditions of a function URL", () => {
    const anyone: PolicyStatement = {
      statementId: "s",
      action: "lambda:*",
      principal: "*",
      qualifier: "live",
    };
    const both = { ...anyone, functionUrlAuthType: "NONE", invokedViaFunctionUrl: true };
    assert.deepEqual(
      [
        decide([anyone], { principal: "*" }),
        decide([both], { principal: "*", ...url }),
        decide([both], {
          principal: "*",
          context: { ...url.context, "lambda:FunctionUrlAuthType": "AWS_IAM" },
        }),
        decide([both], { principal: "*", context: { "lambda:FunctionUrlAuthType": "NONE" } }),
      ],
      ["allowed", "allowed", "implicitDeny", "implicitDeny"],
    );
  });

  it("lets in the role it names, and by an account only its root user", () => {
    const role = "arn:aws:iam::123456789012:role/r";
    const by = (principal: string) => ({
      ...statement,
      principal,
      sourceArn: undefined,
      sourceAccount: undefined,
    });
    assert.deepEqual(
      [
        decide([by(role)], { principal: role }),
        decide([by(role)], { principal: `${role}2` }),
        decide([by("123456789012")], { principal: role }),
        decide([by("123456789012")], { principal: "arn:aws:iam::123456789012:root" }),
      ],
      ["allowed", "implicitDeny", "implicitDeny", "allowed"],
    );
  });

  it("takes a dot in an ARN as a dot", () => {
    const dotted = { ...statement, sourceArn: "arn:aws:s3:::a.b" };
    assert.equal(
      decide([dotted], { context: { ...context, "aws:SourceArn": "arn:aws:s3:::aXb" } }),
      "implicitDeny",
    );
  });
});
