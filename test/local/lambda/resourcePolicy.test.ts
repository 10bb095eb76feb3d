import assert from "node:assert/strict";
import { isAllowedByPolicy, type PolicyStatement } from "../../../local/lambda/resourcePolicy";

const statement: PolicyStatement = {
  statementId: "s",
  action: "lambda:InvokeFunction",
  principal: "s3.amazonaws.com",
  qualifier: "live",
  sourceArn: "arn:aws:s3:::bucket-?/*",
  sourceAccount: "123456789012",
};
const request = {
  action: "lambda:InvokeFunction",
  principal: "s3.amazonaws.com",
  qualifier: "live",
  sourceArn: "arn:aws:s3:::bucket-1/a/b",
  sourceAccount: "123456789012",
};

describe("isAllowedByPolicy", () => {
  it("allows a request that meets each condition of a statement", () => {
    assert.equal(isAllowedByPolicy([statement], request), true);
  });

  it("allows nothing without a statement", () => {
    assert.equal(isAllowedByPolicy([], request), false);
  });

  for (const [title, change] of [
    ["action", { action: "lambda:InvokeFunctionUrl" }],
    ["principal", { principal: "apigateway.amazonaws.com" }],
    ["qualifier", { qualifier: undefined }],
    ["source ARN", { sourceArn: "arn:aws:s3:::bucket-10/a" }],
    ["missing source ARN", { sourceArn: undefined }],
    ["source account", { sourceAccount: "210987654321" }],
  ] as const) {
    it(`does not allow another ${title}`, () => {
      assert.equal(isAllowedByPolicy([statement], { ...request, ...change }), false);
    });
  }

  it("takes $LATEST and no qualifier as one", () => {
    const unqualified = { ...statement, qualifier: undefined };
    assert.equal(isAllowedByPolicy([unqualified], { ...request, qualifier: "$LATEST" }), true);
  });

  it("takes a dot in an ARN as a dot", () => {
    const dotted = { ...statement, sourceArn: "arn:aws:s3:::a.b" };
    assert.equal(isAllowedByPolicy([dotted], { ...request, sourceArn: "arn:aws:s3:::aXb" }), false);
  });
});
