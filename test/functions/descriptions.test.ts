import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { GenericSchema } from "valibot";
import { jsonSchema } from "../../functions/shared/jsonSchema";

const FUNCTIONS = path.resolve(__dirname, "../../functions");

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

describe("What an endpoint says of its request", () => {
  const names = fs
    .readdirSync(FUNCTIONS)
    .filter((name) => fs.existsSync(path.join(FUNCTIONS, name, "input.ts")));
  for (const name of names) {
    it(`describes every field: ${name}`, async () => {
      const { input } = (await import(`../../functions/${name}/input`)) as { input: GenericSchema };
      const { properties = {} } = jsonSchema(input) as Described;
      assert.ok(Object.keys(properties).length > 0);
      const silent = Object.entries(properties).filter(([, { description }]) => description === undefined);
      assert.deepEqual(silent, []);
    });
  }
});
