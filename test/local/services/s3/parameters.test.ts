import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-s3";
import { ACTIONS } from "../../../../local/services/s3/routes";

/** A structure of the SDK's: names of its members, and where each is in a request. */
type Structure = readonly [kind: number, ns: string, name: string, traits: unknown, string[], unknown[]];

describe("S3's actions", () => {
  for (const { name, parameters } of ACTIONS) {
    it(`look for the parameters that ${name} rejects where AWS's SDK puts them`, () => {
      const input = (sdk as unknown as Record<string, Structure>)[`${name}Request$`];
      assert.ok(input, `the SDK has no ${name}`);
      const [, , , , members, schemas] = input;
      assert.deepEqual(Object.keys(parameters).sort(), [...members].sort());
      for (const [member, treatment] of Object.entries(parameters)) {
        if (!("wireName" in treatment)) continue;
        const [, traits] = schemas[members.indexOf(member)] as [unknown, Record<string, string>];
        const wireName = traits.httpHeader?.toLowerCase() ?? `?${traits.httpQuery}`;
        assert.equal(treatment.wireName, wireName, member);
      }
    });
  }
});
