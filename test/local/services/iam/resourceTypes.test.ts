import assert from "node:assert/strict";
import { faultsOf } from "../../../../local/resources/treatment";
import { policy } from "../../../../local/services/iam/resourceTypes/policy";
import { role } from "../../../../local/services/iam/resourceTypes/role";
import { rolePolicy } from "../../../../local/services/iam/resourceTypes/rolePolicy";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const { Resource: _, ...everywhere } = statement;

import { declared } from "../../../helpers/program/declared";

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

  for (const [property, value, reason] of [
    ["inlinePolicies", [{ name: "a" }], "give a role its policies by RolePolicy and RolePolicyAttachment"],
    [
      "managedPolicyArns",
      ["arn:aws:iam::aws:policy/AdministratorAccess"],
      "give a role its policies by RolePolicy and RolePolicyAttachment",
    ],
    [
      "permissionsBoundary",
      "arn:aws:iam::123456789012:policy/boundary",
      "the local IAM has no permissions boundaries",
    ],
  ] as const) {
    it(`a role's ${property} is refused by name, for it would have no effect`, () => {
      assert.deepEqual(faultsOf({ assumeRolePolicy: "{}", [property]: value }, role.properties), [
        { property, reason: `the local cloud does not serve this property: ${reason}` },
      ]);
    });
  }

  it("a role without any of them is taken, empty lists too", () => {
    const inputs = { assumeRolePolicy: "{}", inlinePolicies: [], managedPolicyArns: [] };
    assert.deepEqual(faultsOf(inputs, role.properties), []);
  });

  it("a policy given as an object is shown as the text that AWS keeps", () => {
    const document = { Version: "2012-10-17", Statement: statement };
    assert.equal(
      declared(policy.type, "p", { name: "p", policy: document }).outputs.policy,
      JSON.stringify(document),
    );
  });

  it("a name is made of its prefix, the same each time", () => {
    const { name } = declared(policy.type, "p", {
      namePrefix: "read-",
      policy: JSON.stringify({ Statement: statement }),
    }).outputs;
    assert.match(String(name), /^read-[0-9a-f]{7}$/);
  });
});
