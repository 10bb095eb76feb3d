import assert from "node:assert/strict";
import { checkHost, checkOrigin } from "../../../local/http/checkHost";

const rejectionOf = (check: () => void): string => {
  try {
    check();
    return "none";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("The check of a request's Host", () => {
  const ofHost = (host: string, allowed?: readonly string[]) =>
    rejectionOf(() => checkHost([["Host", host]], allowed));

  it("lets this machine's names and addresses pass, whatever the port and the case", () => {
    const own = [
      "localhost",
      "LocalHost:4112",
      "localhost.:4112",
      "bucket.localhost:4101",
      "127.0.0.1",
      "127.0.0.1:4100",
      "127.1.2.3:80",
      "[::1]:4100",
    ];
    assert.deepEqual(
      own.filter((host) => ofHost(host) !== "none"),
      [],
    );
  });

  it("rejects every other name, those that look like this machine's among them", () => {
    const foreign = [
      "",
      "evil.example",
      "localhost.evil.example",
      "127.0.0.1.evil.example:4112",
      "127.0.0.1.nip.io",
      "notlocalhost",
      ".localhost.",
      "0.0.0.0:4112",
      "192.168.1.5:4112",
      "[::ffff:7f00:1]:80",
      "localhost@evil.example",
      "evil.example:80:localhost",
    ];
    assert.deepEqual(
      foreign.filter((host) => ofHost(host) === "none"),
      [],
    );
  });

  it("names the option in its response, with the name only where that can be given", () => {
    assert.equal(
      ofHost("devbox.example:4112"),
      'The local cloud does not answer for the host "devbox.example": start it with --allow-host devbox.example if that name is this machine\'s.',
    );
    assert.match(ofHost("a b"), /--allow-host NAME /);
  });

  it("lets an allowed name and those below it pass, and none that only ends like it", () => {
    const allowed = ["docker.internal"];
    assert.equal(ofHost("docker.internal:4101", allowed), "none");
    assert.equal(ofHost("bucket.docker.internal", allowed), "none");
    assert.notEqual(ofHost("evildocker.internal", allowed), "none");
  });

  it("looks at each of several Host headers, and misses one that is not there", () => {
    const twice: [string, string][] = [
      ["host", "localhost"],
      ["Host", "evil.example"],
    ];
    assert.match(
      rejectionOf(() => checkHost(twice)),
      /"evil\.example"/,
    );
    assert.notEqual(
      rejectionOf(() => checkHost([])),
      "none",
    );
  });
});

describe("The check of a request's Origin", () => {
  const ofOrigin = (origin: string, allowed?: readonly string[]) =>
    rejectionOf(() => checkOrigin([["Origin", origin]], allowed));

  it("lets requests of programs and of this machine's pages pass", () => {
    assert.equal(
      rejectionOf(() => checkOrigin([["Host", "localhost"]])),
      "none",
    );
    assert.equal(ofOrigin("http://localhost:3000"), "none");
    assert.equal(ofOrigin("https://devbox.example", ["devbox.example"]), "none");
  });

  it("rejects pages of other sites, and those that hide theirs", () => {
    const foreign = ["https://evil.example", "null", "http://localhost.evil.example", "file://", ""];
    assert.deepEqual(
      foreign.filter((origin) => ofOrigin(origin) === "none"),
      [],
    );
  });
});
