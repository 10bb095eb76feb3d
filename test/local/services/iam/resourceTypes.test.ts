import assert from "node:assert/strict";
import type { Cloud } from "../../../../local/cloud/cloud";
import { reconcile } from "../../../../local/cloud/reconcile";
import { UNKNOWN } from "../../../../local/resources/value";
import { IamService } from "../../../../local/services/iam/iamService";
import { policy } from "../../../../local/services/iam/resourceTypes/policy";
import { role } from "../../../../local/services/iam/resourceTypes/role";
import { rolePolicy } from "../../../../local/services/iam/resourceTypes/rolePolicy";
import { rolePolicyAttachment } from "../../../../local/services/iam/resourceTypes/rolePolicyAttachment";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { declared } from "../../../helpers/program/declared";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const trust = JSON.stringify({
  Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
});
const document = (action: string) => JSON.stringify({ Statement: { ...statement, Action: action } });

describe("IAM's resource types", () => {
  for (const type of [policy, rolePolicy]) {
    it(`${type.type} takes a policy of actions and resources, and one that is not known yet`, () => {
      type.check?.({ policy: JSON.stringify({ Statement: statement }) }, "p");
      type.check?.({ policy: UNKNOWN }, "p");
      type.check?.({ policy: { Statement: { ...statement, Resource: UNKNOWN } } }, "p");
    });

    it(`${type.type} rejects before the deployment what IAM would, given as text or as an object`, () => {
      const wrong = { Statement: { ...statement, Principal: "*" } };
      for (const one of [wrong, JSON.stringify(wrong)]) {
        assert.throws(() => type.check?.({ policy: one }, "p"), {
          message:
            "a policy of an identity has a statement with a `Principal`, which is whose the policy is (MalformedPolicyDocument)",
        });
      }
    });
  }

  it("a role whose trust policy has a typing error is rejected", () => {
    assert.throws(() => role.check?.({ assumeRolePolicy: trust.replace("Principal", "Principle") }, "r"), {
      message:
        "a statement of the policy has an element `Principle`, which IAM does not know (MalformedPolicyDocument)",
    });
  });

  it("a policy given as an object is shown as the text that AWS keeps", () => {
    const given = { Version: "2012-10-17", Statement: statement };
    assert.equal(
      declared(policy.type, "p", { name: "p", policy: given }).outputs.policy,
      JSON.stringify(given),
    );
  });

  it("a name is made of its prefix, the same each time", () => {
    const { name } = declared(policy.type, "p", {
      namePrefix: "read-",
      policy: document("s3:GetObject"),
    }).outputs;
    assert.match(String(name), /^read-[0-9a-f]{7}$/);
  });

  it("a policy of AWS's that the local cloud does not have is rejected by its name", () => {
    const arn = "arn:aws:iam::aws:policy/AmazonBedrockFullAccess";
    const message =
      "the local cloud does not have AWS's policy AmazonBedrockFullAccess: write a policy with the actions that are used";
    assert.throws(() => rolePolicyAttachment.check?.({ role: "r", policyArn: arn }, "a"), { message });
    assert.throws(() => role.check?.({ assumeRolePolicy: trust, managedPolicyArns: [arn] }, "r"), {
      message,
    });
  });

  describe("deployed", () => {
    const folder = temporaryFolder();
    const iam = new IamService({
      accountId: "123456789012",
      region: "eu-west-1",
      keyFile: `${folder}/root.json`,
    });
    const deploy = (...resources: Parameters<typeof reconcile>[0]) =>
      reconcile(resources, new Map(), { iam } as Cloud);
    const decide = (name: string, action: string) =>
      iam.authorize({ principal: `arn:aws:iam::123456789012:role/${name}`, action, resource: "*" });

    it("a role is allowed what is inside it and what is attached to it, and nothing else", async () => {
      await deploy(
        declared(role.type, "inside", {
          name: "inside",
          assumeRolePolicy: trust,
          inlinePolicies: [{ name: "get", policy: document("s3:GetObject") }],
          managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaRole"],
        }),
      );
      assert.deepEqual(
        ["s3:GetObject", "lambda:InvokeFunction", "s3:PutObject"].map((action) => decide("inside", action)),
        ["allowed", "allowed", "implicitDeny"],
      );
    });

    it("a role is allowed no more than its permissions boundary", async () => {
      const boundary = declared(policy.type, "boundary", {
        name: "boundary",
        policy: document("s3:GetObject"),
      });
      await deploy(
        boundary,
        declared(role.type, "bounded", {
          name: "bounded",
          assumeRolePolicy: trust,
          permissionsBoundary: boundary.outputs.arn,
        }),
        declared(rolePolicy.type, "all", { name: "all", role: "bounded", policy: document("s3:*") }),
      );
      assert.deepEqual(
        ["s3:GetObject", "s3:PutObject"].map((action) => decide("bounded", action)),
        ["allowed", "boundaryDeny"],
      );
    });

    it("a policy that no one declares is not taken for one that grants nothing", async () => {
      const attachment = declared(rolePolicyAttachment.type, "a", {
        role: "r",
        policyArn: "arn:aws:iam::123456789012:policy/elsewhere",
      });
      await assert.rejects(deploy(attachment), {
        message:
          'aws:iam/rolePolicyAttachment:RolePolicyAttachment "a": `policyArn` names arn:aws:iam::123456789012:policy/elsewhere, which the stack does not declare: the local cloud has no other policies',
      });
    });
  });
});
