import assert from "node:assert/strict";
import { logGroup } from "../../../../local/services/logs/resourceTypes/logGroup";
import { declared } from "../../../helpers/program/declared";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe("A log group", () => {
  it("is not deleted while it is protected", async () => {
    const group = (deletionProtectionEnabled: boolean) =>
      declared(LOG_GROUP, "logs", { name: "/logs", deletionProtectionEnabled });
    await assert.rejects(async () => logGroup.delete?.(group(true), undefined), {
      message:
        "ValidationException: the log group /logs is protected: set `deletionProtectionEnabled` to false first",
    });
    await logGroup.delete?.(group(false), undefined);
  });

  it("is rejected a retention that CloudWatch does not have", () => {
    assert.throws(() => declared(LOG_GROUP, "logs", { name: "/logs", retentionInDays: 8 }), {
      message: /^`retentionInDays` is 8; CloudWatch takes 1, 3, 5, /,
    });
  });
});
