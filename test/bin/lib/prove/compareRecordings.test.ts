import assert from "node:assert/strict";
import { compareRecordings, type Difference } from "../../../../bin/lib/prove/compareRecordings";
import { evidencePage } from "../../../../bin/lib/prove/evidencePage";
import { type Observation, observation } from "../../../../bin/lib/prove/recording";

const EVENT = {
  version: "2.0",
  headers: { "x-forwarded-port": "443", accept: "*/*" },
  cookies: ["a=1", "b=2"],
  requestContext: { http: { method: "GET" }, authorizer: null },
};

const HERE: readonly Observation[] = [
  { name: "text", status: 200, headers: { "content-type": "text/plain" }, body: "virginica" },
  { name: "error", status: 400, headers: { "x-amzn-errortype": "A" }, body: '{"message":"no"}' },
  { name: "event", status: 200, headers: {}, body: JSON.stringify(EVENT) },
  { name: "only here", status: 200, headers: {}, body: "" },
];

/** The same run with ten differences, one of each kind. */
const THERE: readonly Observation[] = [
  { name: "text", status: 201, headers: { server: "x" }, body: "setosa" },
  { name: "error", status: 400, headers: { "x-amzn-errortype": "B" }, body: '{"Message":"no"}' },
  {
    name: "event",
    status: 200,
    headers: {},
    body: JSON.stringify({
      ...EVENT,
      cookies: ["a=1"],
      requestContext: { http: { method: "get" }, authorizer: {} },
    }),
  },
  { name: "only there", status: 200, headers: {}, body: "" },
];

describe("compareRecordings()", () => {
  const differences = compareRecordings({ observations: HERE }, { observations: THERE });

  it("reports every planted difference: status, headers, text, members of JSON, and requests", () => {
    const found = differences.map(({ name, at, here, there }) => [name, at, here, there]);
    assert.deepEqual(found, [
      ["text", "status", "200", "201"],
      ["text", "header content-type", "text/plain", undefined],
      ["text", "header server", undefined, "x"],
      ["text", "body", "virginica", "setosa"],
      ["error", "header x-amzn-errortype", "A", "B"],
      ["error", "body.message", "no", undefined],
      ["error", "body.Message", undefined, "no"],
      ["event", "body.cookies[1]", "b=2", undefined],
      ["event", "body.requestContext.http.method", "GET", "get"],
      ["event", "body.requestContext.authorizer", "null", "{}"],
      ["only here", "request", "status 200", undefined],
      ["only there", "request", undefined, "status 200"],
    ]);
  });

  it("says of a difference that is to be expected why it is", () => {
    const other = { ...EVENT, headers: { ...EVENT.headers, "x-forwarded-port": "4110" } };
    const [difference] = compareRecordings(
      { observations: [{ name: "event", status: 200, headers: {}, body: JSON.stringify(EVENT) }] },
      { observations: [{ name: "event", status: 200, headers: {}, body: JSON.stringify(other) }] },
    );
    assert.equal(difference?.reason, "a local cloud speaks no TLS");
  });

  it("finds nothing in a run that is the same but for what changes each time", () => {
    const run = (host: string, id: string, time: string) =>
      observation(
        "event",
        {
          status: 200,
          headers: new Headers({ "x-amzn-requestid": id, date: time, location: `https://${host}/a` }),
          body: JSON.stringify({ id, time, at: Date.parse(time), url: `https://${host}/b` }),
        },
        [[host, "<url host>"]],
      );
    const there = [
      run(
        "abc.lambda-url.eu-central-1.on.aws",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "2026-11-28T10:00:00Z",
      ),
    ];
    const here = [run("127.0.0.1:4110", "7c9e6679-7425-40de-944b-e07fc1f90ae7", "2026-11-29T11:30:00Z")];
    assert.deepEqual(compareRecordings({ observations: here }, { observations: there }), []);
  });

  it("is written into the page of evidence, each difference in a row", () => {
    const run = (place: string, observations: readonly Observation[]) => ({
      place,
      observations,
      measurements: [],
    });
    const page = evidencePage({
      here: run("the local cloud", HERE),
      there: run("AWS, us-east-1", THERE),
      differences,
      date: "2026-11-28",
      versions: { "Node.js": "v24.0.0" },
    });
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    assert.deepEqual(
      rows.map((row) => row.split(" | ").slice(0, 2).join(" ")),
      differences.map(({ name, at }: Difference) => `| \`${name}\` \`${at}\``),
    );
  });
});
