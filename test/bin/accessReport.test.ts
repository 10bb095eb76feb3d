import assert from "node:assert/strict";
import { type Decision, parsePolicy } from "@paddock/local/iam";
import { accessReport } from "../../bin/lib/accessReport";

const ROLE = "arn:aws:iam::123456789012:role/reader";
const POLICIES = new Map([
  [
    "reader",
    [
      parsePolicy(
        {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["s3:GetObject", "s3:PutObject"],
              Resource: ["arn:aws:s3:::b/a/*", "arn:aws:s3:::b/c/*"],
            },
            {
              Effect: "Allow",
              Action: "s3:ListBucket",
              Resource: "arn:aws:s3:::b",
              Condition: { StringLike: { "s3:prefix": "a/*" } },
            },
            { Effect: "Allow", Action: ["xray:PutTraceSegments"], Resource: "*" },
            { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
          ],
        },
        "identity",
      ),
    ],
  ],
]);

const asked = (action: string, resource: string, decision: Decision = "allowed", context = {}) => ({
  request: { principal: ROLE, action, resource: `arn:aws:s3:::${resource}`, context },
  decision,
});
const grantsOf = (...decisions: ReturnType<typeof asked>[]) =>
  accessReport(POLICIES, decisions)[0]
    ?.unused.filter(({ reason }) => !reason)
    .map(({ grant }) => grant);

describe("The report of roles' permissions", () => {
  it("names each action that no allowed request had, and each resource that none was about", () => {
    const both = "arn:aws:s3:::b/a/*, arn:aws:s3:::b/c/*";
    assert.deepEqual(grantsOf(), [
      `s3:GetObject on ${both}`,
      `s3:PutObject on ${both}`,
      "s3:ListBucket on arn:aws:s3:::b",
    ]);
    assert.deepEqual(grantsOf(asked("s3:GetObject", "b/a/1")), [
      `s3:PutObject on ${both}`,
      "s3:GetObject, s3:PutObject on arn:aws:s3:::b/c/*",
      "s3:ListBucket on arn:aws:s3:::b",
    ]);
  });

  it("counts a grant as used only where its condition holds, and the request was allowed", () => {
    const within = asked("s3:ListBucket", "b", "allowed", { "s3:prefix": "a/1" });
    const [get, put] = [asked("s3:GetObject", "b/a/1"), asked("s3:PutObject", "b/c/1")];
    assert.deepEqual(grantsOf(get, put, within), []);
    assert.deepEqual(grantsOf(get, put, asked("s3:ListBucket", "b")), ["s3:ListBucket on arn:aws:s3:::b"]);
    assert.equal(grantsOf(get, { ...put, decision: "implicitDeny" }, within)?.length, 2);
  });

  it("counts what was denied, and gives the reason for what cannot be used here", () => {
    const [report] = accessReport(POLICIES, [
      asked("s3:DeleteObject", "b/a/1", "explicitDeny"),
      asked("s3:DeleteObject", "b/a/1", "explicitDeny"),
    ]);
    assert.deepEqual(report?.denied, [
      { action: "s3:DeleteObject", resource: "arn:aws:s3:::b/a/1", times: 2 },
    ]);
    assert.deepEqual(report?.unused.at(-1), {
      grant: "xray:PutTraceSegments on *",
      reason: "X-Ray checks it; nothing takes traces here",
    });
  });

  it("takes no other role's requests for its own", () => {
    const other = { ...asked("s3:GetObject", "b/a/1") };
    other.request = { ...other.request, principal: "arn:aws:iam::123456789012:role/another-reader" };
    assert.equal(grantsOf(other)?.length, 3);
  });
});
