import assert from "node:assert/strict";
import { readAutoNaming } from "../../../local/program/autoNaming";

const STACK = { project: "paddock", stack: "prod" };
const ROLE = {
  type: "aws:iam/role:Role",
  name: "iris",
  urn: "urn:pulumi:prod::paddock::aws:iam/role:Role::iris",
};
const propose = (setting: object, resource = ROLE) =>
  readAutoNaming({ "pulumi:autonaming": JSON.stringify(setting), "paddock:team": "ml" }, STACK)(resource);

describe("pulumi:autonaming", () => {
  it("A pattern has the stack's words, the configuration's and digits", () => {
    const pattern = `\${config.team}-\${project}-\${stack}-\${name}-\${hex(7)}`;
    assert.match(String(propose({ pattern })), /^ml-paddock-prod-iris-[0-9a-f]{7}$/);
    assert.match(String(propose({ pattern: `\${name}\${num(4)}` })), /^iris\d{4}$/);
    assert.match(String(propose({ pattern: `\${string(5)}` })), /^[a-z]{5}$/);
  });

  it("A resource type's own goes before the provider's, and that before the stack's", () => {
    const setting = {
      pattern: `all-\${name}`,
      providers: {
        aws: { pattern: `aws-\${name}`, resources: { [ROLE.type]: { pattern: `role-\${name}` } } },
      },
    };
    assert.equal(propose(setting), "role-iris");
    assert.equal(propose(setting, { ...ROLE, type: "aws:lambda/function:Function" }), "aws-iris");
    assert.equal(propose(setting, { ...ROLE, type: "random:index:Id" }), "all-iris");
  });

  it("Without a pattern the name is the resource's own word for word, or left to the provider", () => {
    assert.deepEqual(
      [propose({ mode: "verbatim" }), propose({ mode: "default" }), propose({})],
      ["iris", undefined, undefined],
    );
  });

  for (const text of ["verbatim", "[]", "null", '"verbatim"']) {
    it(`The setting ${text} is rejected by its name, with what it must be`, () => {
      assert.throws(
        () => readAutoNaming({ "pulumi:autonaming": text }, { project: "paddock", stack: "dev" }),
        {
          message: `\`pulumi:autonaming\` is ${text}; it must be an object, such as {"mode": "verbatim"}.`,
        },
      );
    });
  }
});
