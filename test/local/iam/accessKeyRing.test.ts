import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessKeyRing } from "../../../local/iam/accessKeyRing";

const root = "arn:aws:iam::123456789012:root";
const role = "arn:aws:iam::123456789012:role/reader";

describe("AccessKeyRing", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "keys-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("keeps the root user's key for the next run, from everybody else", async () => {
    const file = join(folder, "iam", "root.json");
    const first = new AccessKeyRing(file, root);
    assert.match(first.root.accessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.deepEqual(new AccessKeyRing(file, root).root, first.root);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(first.lookup(first.root.accessKeyId), {
      principal: root,
      secretAccessKey: first.root.secretAccessKey,
      sessionToken: undefined,
    });
  });

  it("gives each role temporary credentials of its own", () => {
    const ring = new AccessKeyRing(join(folder, "root.json"), root);
    const key = ring.issue(role);
    assert.deepEqual(ring.issue(role), key);
    assert.notDeepEqual(ring.issue(`${role}2`), key);
    assert.match(key.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.deepEqual(ring.lookup(key.accessKeyId), {
      principal: role,
      secretAccessKey: key.secretAccessKey,
      sessionToken: key.sessionToken,
    });
    assert.equal(ring.lookup("AKIANOBODY"), undefined);
  });
});
