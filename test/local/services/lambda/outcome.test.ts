import assert from "node:assert/strict";
import { startProblem } from "../../../../local/services/lambda/outcome";

describe("An instance that does not start", () => {
  it("says how to get more open files, where that is why", () => {
    const error = (message: string, code: string) => Object.assign(new Error(message), { code });
    assert.equal(
      startProblem(error("spawn node EMFILE", "EMFILE")),
      "spawn node EMFILE; start the local cloud in a shell with a higher limit of open files, such as `ulimit -n 4096`",
    );
    assert.equal(startProblem(error("spawn node EACCES", "EACCES")), "spawn node EACCES");
  });
});
