import assert from "node:assert/strict";
import type { ResourceSummary } from "../../../../local/page/apiTypes";
import { stackEdges } from "../../../../local/page/client/watch/stackEdges";

function resource(urn: string, dependencies: readonly string[] = []): ResourceSummary {
  return { urn, type: "aws:any/thing:Thing", name: urn, custom: true, dependencies, inputs: {} };
}

describe("The lines of the stack's image", () => {
  const resources = [
    resource("c"),
    resource("b", ["c"]),
    resource("a", ["b", "c", "role"]),
    resource("d"),
    resource("role", ["d"]),
  ];
  const edges = (shown: readonly ResourceSummary[]) =>
    stackEdges(shown, resources).map(([from, to]) => `${from} ${to}`);

  it("have none that two others make up for", () => {
    assert.deepEqual(edges(resources).sort(), ["a b", "a role", "b c", "role d"]);
  });

  it("lead past what is not shown", () => {
    assert.deepEqual(edges(resources.filter(({ urn }) => urn !== "role")).sort(), ["a b", "a d", "b c"]);
  });
});
