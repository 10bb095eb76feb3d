import assert from "node:assert/strict";
import { policy } from "../../../../local/services/iam/resourceTypes/policy";
import { role } from "../../../../local/services/iam/resourceTypes/role";
import { rolePolicy } from "../../../../local/services/iam/resourceTypes/rolePolicy";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const { Resource: _, ...everywhere } = statement;

describe("IAM's resource types", () => {
  for (const type of [policy, rolePolicy]) {
    const check = (document: unknown) => type.check?.({ policy: JSON.stringify(document) }, "p");

    it(`${type.type} takes a policy of actions and resources`, () => {
      check({ Statement: statement });
      check({ Statement: [statement, { ...everywhere, NotResource: "a" }] });
    });

    const refused: [document: unknown, message: string][] = [
      [
        { Statement: [statement, everywhere] },
        "`policy` has a statement without `Resource` (MalformedPolicyDocument)",
      ],
      [
        { Statement: { ...statement, Principal: "*" } },
        "`policy` has a statement with a `Principal`, which is whose the policy is (MalformedPolicyDocument)",
      ],
      [{ Statement: [] }, "`policy` has no `Statement` (MalformedPolicyDocument)"],
    ];
    for (const [document, message] of refused) {
      it(`${type.type} refuses ${JSON.stringify(document)}`, () => {
        assert.throws(() => check(document), { message });
      });
    }
  }

  for (const [property, value] of [
    ["inlinePolicies", [{ name: "a" }]],
    ["managedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"]],
    ["permissionsBoundary", "arn:aws:iam::123456789012:policy/boundary"],
  ] as const) {
    it(`a role's ${property} is refused by name, for it would have no effect`, () => {
      assert.throws(() => role.check?.({ name: "r", [property]: value }, "r"), {
        message: `the local cloud does not know \`${property}\`: give a role its policies by RolePolicy and RolePolicyAttachment`,
      });
    });
  }

  it("a role without any of them is taken, empty lists too", () => {
    role.check?.({ name: "r", inlinePolicies: [], managedPolicyArns: [] }, "r");
  });
});
