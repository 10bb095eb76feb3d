import assert from "node:assert/strict";
import { grownSince } from "../../bench/footprint/compareCounts";
import { readFootprint } from "../../bench/footprint/footprint";
import { measurePackages } from "../../bench/footprint/measureFootprint";
import { declareStack } from "../helpers/program/declareStack";

describe("The footprint of archives", () => {
  it("is no bigger than what bench/footprint.json records", async () => {
    const packages = await measurePackages((await declareStack()).resources);
    const grown = grownSince(readFootprint(), { machine: "any", packages, endpoints: {} });
    assert.ok(grown.length === 0, grown.join("\n"));
  });
});
