import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { RESOURCE_TYPES } from "../../../local/cloud/resourceTypes";

/** Property names of the arguments of a class of `@pulumi/aws`, from its declaration. */
function argumentsOf(type: string): string[] {
  const [, file] = /^aws:(.+):/.exec(type) ?? [];
  const folder = path.dirname(require.resolve("@pulumi/aws/package.json"));
  const declaration = readFileSync(path.join(folder, `${file}.d.ts`), "utf8");
  const [, body] = /export interface \w+Args \{\n([\s\S]*?)\n\}/.exec(declaration) ?? [];
  return [...(body ?? "").matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name ?? "").sort();
}

describe("the local cloud's resource types", () => {
  for (const { type, properties, replaceOn, autoName } of RESOURCE_TYPES.filter(({ type }) =>
    type.startsWith("aws:"),
  )) {
    it(`${type} knows each property of Pulumi's class and no other`, () => {
      const inputs = Object.keys(properties);
      assert.deepEqual([...inputs].sort(), argumentsOf(type));
      assert.deepEqual(
        [...replaceOn, ...(autoName ? [autoName.property] : [])].filter(
          (property) => !inputs.includes(property),
        ),
        [],
      );
    });
  }

  it("are listed once each", () => {
    const types = RESOURCE_TYPES.map(({ type }) => type);
    assert.deepEqual(types, [...new Set(types)]);
  });
});
