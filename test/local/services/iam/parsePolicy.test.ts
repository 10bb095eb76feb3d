import assert from "node:assert/strict";
import { type PolicyType, parsePolicy } from "../../../../local/services/iam/parsePolicy";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const { Resource: _, ...anywhere } = allow;
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };

describe("parsePolicy", () => {
  const taken: [type: PolicyType, statement: object][] = [
    ["identity", allow],
    ["identity", { ...anywhere, NotResource: "arn:aws:s3:::b/*" }],
    ["identity", { ...allow, Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "::1"] } } }],
    ["identity", { ...allow, Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } } }],
    ["identity", { ...allow, Condition: { Bool: { "aws:SecureTransport": true } } }],
    ["identity", { ...allow, Resource: "arn:aws:s3:::b/$" + "{aws:userid}" }],
    ["resource", { ...allow, Principal: "*" }],
    ["resource", { ...anywhere, Principal: { AWS: "*" } }],
    ["trust", trust],
  ];
  for (const [type, statement] of taken) {
    it(`takes for ${type} ${JSON.stringify(statement)}`, () => {
      assert.equal(parsePolicy(JSON.stringify({ Statement: statement }), type).statements.length, 1);
    });
  }

  const rejected: [type: PolicyType, policy: unknown, message: string][] = [
    ["identity", "{", "the policy is not JSON"],
    ["identity", "[]", "the policy is not a JSON object"],
    ["identity", {}, "the policy has no `Statement`"],
    ["identity", { Statement: [] }, "the policy has no `Statement`"],
    ["identity", { Statement: ["a"] }, "a statement of the policy is not a JSON object"],
    [
      "identity",
      { Version: "2012-10-18", Statement: allow },
      'the policy\'s `Version` is "2012-10-18"; IAM takes 2012-10-17 and 2008-10-17',
    ],
    ["identity", { Statements: allow }, "the policy has an element `Statements`, which IAM does not know"],
    [
      "identity",
      { Statement: { ...allow, Resources: "*" } },
      "a statement of the policy has an element `Resources`, which IAM does not know",
    ],
    [
      "identity",
      { Statement: { ...allow, Effect: "allow" } },
      "a statement of the policy has no `Effect`, `Allow` or `Deny`",
    ],
    [
      "identity",
      { Statement: { Effect: "Allow", Resource: "*" } },
      "a statement of the policy has neither `Action` nor `NotAction`",
    ],
    [
      "identity",
      { Statement: { ...allow, NotAction: "s3:Get*" } },
      "a statement of the policy has both `Action` and `NotAction`",
    ],
    ["identity", { Statement: { ...allow, Action: [5] } }, "`Action` is a string or a list of strings"],
    [
      "identity",
      { Statement: { ...allow, Action: "GetObject" } },
      'the policy\'s action "GetObject" does not begin with a service, as in s3:GetObject',
    ],
    [
      "identity",
      { Statement: anywhere },
      "a statement of the policy has neither `Resource` nor `NotResource`",
    ],
    [
      "identity",
      { Statement: { ...allow, Resource: "models/*" } },
      'the policy\'s resource "models/*" is neither an ARN nor "*"',
    ],
    [
      "identity",
      { Statement: { ...allow, Principal: "*" } },
      "a policy of an identity has a statement with a `Principal`, which is whose the policy is",
    ],
    [
      "identity",
      {
        Statement: [
          { ...allow, Sid: "a" },
          { ...allow, Sid: "a" },
        ],
      },
      'the policy has two statements with the `Sid` "a"',
    ],
    [
      "identity",
      { Statement: { ...allow, Condition: { StringIs: { k: "a" } } } },
      "`StringIs` is not a condition operator",
    ],
    [
      "identity",
      { Statement: { ...allow, Condition: { NullIfExists: { k: "true" } } } },
      "`NullIfExists` is not a condition operator",
    ],
    [
      "identity",
      { Statement: { ...allow, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/33" } } } },
      'a condition with `IpAddress` has the value "10.0.0.0/33"',
    ],
    [
      "identity",
      { Statement: { ...allow, Condition: { DateLessThan: { d: "tomorrow" } } } },
      'a condition with `DateLessThan` has the value "tomorrow"',
    ],
    [
      "identity",
      { Statement: { ...allow, Condition: { Bool: { b: "yes" } } } },
      'a condition with `Bool` has the value "yes"',
    ],
    [
      "identity",
      { Statement: { ...allow, Condition: { StringEquals: { k: [] } } } },
      "a condition with `StringEquals` has no value",
    ],
    [
      "identity",
      { Statement: { ...allow, Condition: { StringEquals: { k: { a: 1 } } } } },
      "`Condition.StringEquals.k` is a string or a list of strings",
    ],
    [
      "resource",
      { Statement: allow },
      "a statement of the policy has neither `Principal` nor `NotPrincipal`",
    ],
    [
      "resource",
      { Statement: { ...allow, Principal: "arn:aws:iam::123456789012:root" } },
      '`Principal` is "*" or an object by type, as {"AWS": "arn:…"}',
    ],
    [
      "resource",
      { Statement: { ...allow, NotPrincipal: { AWS: "*" } } },
      "`NotPrincipal` goes with `Deny` only: list who is allowed as `Principal`",
    ],
    [
      "trust",
      { Statement: { ...trust, Resource: "*" } },
      "a trust policy has a statement with a `Resource`, which is the role itself",
    ],
  ];
  for (const [type, policy, message] of rejected) {
    it(`rejects for ${type} ${JSON.stringify(policy)}`, () => {
      assert.throws(() => parsePolicy(policy, type), { message: `${message} (MalformedPolicyDocument)` });
    });
  }
});
