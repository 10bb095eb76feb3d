import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessKeyRing } from "../../../../local/services/iam/accessKeyRing";
import { roleId } from "../../../../local/services/iam/roleId";

const ROOT = "arn:aws:iam::123456789012:root";
const ROLE = "arn:aws:iam::123456789012:role/reader";

describe("AccessKeyRing", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "keys-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("keeps the root user's key for the next run, from everybody else", async () => {
    const file = join(folder, "iam", "root.json");
    const first = new AccessKeyRing(file, ROOT);
    assert.match(first.root.accessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.deepEqual(new AccessKeyRing(file, ROOT).root, first.root);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(first.lookup(first.root.accessKeyId), {
      principal: ROOT,
      userArn: ROOT,
      userId: "123456789012",
      secretAccessKey: first.root.secretAccessKey,
      sessionToken: undefined,
    });
  });

  it("gives each session of a role temporary credentials of its own", () => {
    const ring = new AccessKeyRing(join(folder, "root.json"), ROOT);
    const key = ring.issue(ROLE, "iris");
    assert.deepEqual(ring.issue(ROLE, "iris"), key);
    assert.notDeepEqual(ring.issue(`${ROLE}2`, "iris"), key);
    assert.notDeepEqual(ring.issue(ROLE, "pricing"), key);
    assert.match(key.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.deepEqual(ring.lookup(key.accessKeyId), {
      principal: ROLE,
      userArn: "arn:aws:sts::123456789012:assumed-role/reader/iris",
      userId: `${roleId("reader")}:iris`,
      secretAccessKey: key.secretAccessKey,
      sessionToken: key.sessionToken,
    });
    assert.equal(ring.lookup("AKIANOBODY"), undefined);
  });

  it("takes a session of the root user's until it expires, and says then that it has", () => {
    const ring = new AccessKeyRing(join(folder, "root.json"), ROOT);
    const expiration = Date.now() + 3600_000;
    const { accessKeyId, ...secret } = ring.issueRootSession(expiration);
    const owner = { principal: ROOT, userArn: ROOT, userId: "123456789012" };
    assert.deepEqual(ring.lookup(accessKeyId), { ...owner, ...secret, expiration });
    const expired = ring.issueRootSession(Date.now() - 1);
    assert.throws(() => ring.lookup(expired.accessKeyId), {
      code: "ExpiredToken",
      message: "The provided token has expired.",
    });
  });
});
