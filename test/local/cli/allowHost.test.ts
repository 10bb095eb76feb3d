import assert from "node:assert/strict";
import { allowHost } from "../../../local/cli/allowHost";
import { UsageError } from "../../../local/cli/command";

describe("--allow-host", () => {
  it("takes names and addresses, in lower case as they are compared", () => {
    const names = ["Host.Docker.internal", "10.0.0.7", "[fd00::1]"];
    assert.deepEqual(allowHost.parse(names, "allow-host"), ["host.docker.internal", "10.0.0.7", "[fd00::1]"]);
  });

  it("rejects what could not be a name: an address with scheme or port, a wildcard, nothing", () => {
    for (const name of ["http://devbox", "devbox:4112", "*.devbox", "*", "", ".", "a..b"]) {
      assert.throws(
        () => allowHost.parse([name], "allow-host"),
        new UsageError(
          `--allow-host must be a name like host.docker.internal, without scheme and port, is "${name}".`,
        ),
      );
    }
  });
});
