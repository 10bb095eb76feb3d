import assert from "node:assert/strict";
import path from "node:path";
import { IamService } from "../../../../local/services/iam/iamService";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";

const ROLE = "arn:aws:iam::123456789012:role/service/reader";
const MANAGED = "arn:aws:iam::123456789012:policy/read";
const allow = (Action: string) => ({ Statement: { Effect: "Allow", Action, Resource: "*" } });

describe("IamService", () => {
  const folder = temporaryFolder();
  let count = 0;
  const service = () =>
    new IamService({
      accountId: "123456789012",
      region: "eu-west-1",
      keyFile: path.join(folder, `${count++}.json`),
    });
  const decide = (iam: IamService, action: string, principal = ROLE) =>
    iam.authorize({ principal, action, resource: "*" });

  it("takes a role's own policies and those attached to it together", () => {
    const iam = service();
    iam.putRolePolicy("reader", "own", allow("s3:GetObject"));
    iam.putManagedPolicy(MANAGED, allow("s3:ListBucket"));
    iam.attachPolicy("reader", MANAGED);
    assert.deepEqual(
      ["s3:GetObject", "s3:ListBucket", "s3:PutObject"].map((action) => decide(iam, action)),
      ["allowed", "allowed", "implicitDeny"],
    );
    iam.deleteRolePolicy("reader", "own");
    iam.detachPolicy("reader", MANAGED);
    assert.deepEqual(
      ["s3:GetObject", "s3:ListBucket"].map((action) => decide(iam, action)),
      ["implicitDeny", "implicitDeny"],
    );
  });

  it("goes by a managed policy as it is now, whenever it was attached", () => {
    const iam = service();
    iam.attachPolicy("reader", MANAGED);
    assert.equal(decide(iam, "s3:GetObject"), "implicitDeny");
    iam.putManagedPolicy(MANAGED, allow("s3:GetObject"));
    assert.equal(decide(iam, "s3:GetObject"), "allowed");
    iam.putManagedPolicy(MANAGED, allow("s3:ListBucket"));
    assert.equal(decide(iam, "s3:GetObject"), "implicitDeny");
    iam.deleteManagedPolicy(MANAGED);
    assert.equal(decide(iam, "s3:ListBucket"), "implicitDeny");
  });

  it("grants by AWS's own policies what they do, and everything to the root user", () => {
    const iam = service();
    iam.attachPolicy("reader", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
    assert.deepEqual(
      [
        decide(iam, "s3:GetObject"),
        decide(iam, "s3:PutObject"),
        decide(iam, "s3:PutObject", "arn:aws:iam::123456789012:root"),
      ],
      ["allowed", "implicitDeny", "allowed"],
    );
  });

  it("gives a key's owner with the tags that the role has now", async () => {
    const iam = service();
    const { accessKeyId } = iam.credentials(ROLE, "f");
    iam.putRole("reader", { tags: { team: "a" } });
    assert.deepEqual((await iam.accessKeys.lookup(accessKeyId))?.tags, { team: "a" });
  });
});
