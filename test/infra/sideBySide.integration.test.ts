import assert from "node:assert/strict";
import { validateAgainst } from "@paddock/local/cloud";
import type { Declared, Properties } from "@paddock/local/program";
import { declareStack } from "../helpers/program/declareStack";

/** Names that the program itself gives: no resource type keeps them unique, and a shared one would mix two stacks. */
const SHARED: Readonly<Record<string, (inputs: Properties) => unknown>> = {
  "aws:lambda/layerVersion:LayerVersion": ({ layerName }) => layerName,
  "aws:efs/fileSystem:FileSystem": ({ tags }) => (tags as Properties).Name,
};

describe("the project's stacks in one account", () => {
  let stacks: readonly (readonly Declared[])[];

  before(async () => {
    const declarations = [];
    for (const stack of ["dev", "local", "prod"]) declarations.push(await declareStack({}, stack));
    stacks = declarations.map(({ resources }) => resources.filter(({ custom }) => custom));
  });

  it("take no name from each other", () => {
    const all = stacks.flat();
    assert.ok(
      all.filter(({ type, inputs }) => /logGroup/.test(type) && inputs.name !== undefined).length > 20,
    );
    const siblings = {
      of: (type: string) => all.filter((other) => other.type === type),
      complete: true,
    };
    for (const resource of all) validateAgainst(resource, siblings);
  });

  it("share neither layers nor file systems", () => {
    const names = stacks.flat().flatMap(({ type, inputs }) => SHARED[type]?.(inputs) ?? []);
    assert.deepEqual(
      names.filter((name, i) => names.indexOf(name) !== i),
      [],
    );
    assert.equal(names.length, 9);
  });
});
