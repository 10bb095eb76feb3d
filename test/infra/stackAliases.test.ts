import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { is } from "valibot";
import { aliases as endpointsAliases } from "../../functions/shared/aliases";
import { stackAliases } from "../../infra/models/stackAliases";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

describe("a stack's aliases", () => {
  const folder = temporaryFolder();
  const aliases = path.join(folder, "model/aliases/prod");
  /** `infra/` takes no values of `functions/`, so that there are two schemas: they have to agree. */
  const endpointTakes = (content: string) => is(endpointsAliases, JSON.parse(content));
  const find = (name: string, content: string) => {
    fs.rmSync(aliases, { recursive: true, force: true });
    fs.mkdirSync(aliases, { recursive: true });
    fs.writeFileSync(path.join(aliases, name), content);
    return stackAliases(folder, "prod").map(([key]) => key);
  };

  it("are found by the names of their models, and another stack's are not", () => {
    const canary =
      '{"live": "1", "canary": {"version": "2", "percent": 10, "header": "x-user-id"}, "shadow": "3"}';
    assert.deepEqual(find("iris.json", '{"live": "1"}'), ["models/iris/aliases.json"]);
    assert.deepEqual(find("iris.json", canary), ["models/iris/aliases.json"]);
    assert.ok(endpointTakes(canary));
    assert.deepEqual(find("README.md", "notes"), []);
    assert.deepEqual(stackAliases(folder, "dev"), []);
  });

  for (const [content, problem, name = "iris.json"] of [
    ['{"live": 1', "must be JSON"],
    ['"1"', "must be an object"],
    ["{}", "has `live`, which is missing"],
    ['{"live": 1}', "has `live`, which must be a string"],
    ['{"live": "v1"}', "has `live`, which must be a whole number"],
    [
      '{"live": "1", "canary": {"version": "2", "percent": 110}}',
      "has `canary.percent`, which must be 0 to 100",
    ],
    [
      '{"live": "1", "canary": {"version": "1", "percent": 5}}',
      "must have another version as `canary` than as `live`",
    ],
    ['{"live": "1"}', "must be named after a model", "two words.json"],
  ] as const) {
    it(`are rejected before they are deployed: ${name} with ${content}`, () => {
      assert.throws(
        () => find(name, content),
        ({ message }: Error) => message.endsWith(`aliases/prod/${name} ${problem}, as \`{"live": "3"}\`.`),
      );
      if (problem !== "must be JSON" && name === "iris.json") assert.ok(!endpointTakes(content));
    });
  }
});
