import assert from "node:assert/strict";
import { wrapCommand } from "../../../local/cli/wrapCommand";

const FORM = { indent: "  ", width: 80 };

describe("A command line for the terminal", () => {
  it("stays one line where that has room", () => {
    assert.equal(wrapCommand("curl -d '{}' http://127.0.0.1:1/", FORM), "  curl -d '{}' http://127.0.0.1:1/");
  });

  it("has no line over 80 columns, and is the same to a shell and as JSON", () => {
    const body = JSON.stringify({
      names: Array.from({ length: 12 }, (_, n) => `feature number ${n}`),
      size: 1,
    });
    const line = `curl --user "$KEY:$SECRET" -H "x: $TOKEN" -d '${body}' http://127.0.0.1:4110/v2/models/iris/infer`;
    const wrapped = wrapCommand(line, FORM);
    for (const each of wrapped.split("\n")) assert.ok(each.length <= 80, each);
    const [, found = ""] = /'(.*)'/s.exec(wrapped) ?? [];
    assert.deepEqual(JSON.parse(found), JSON.parse(body));
    assert.equal(
      wrapped
        .replace(/'.*'/s, "BODY")
        .replace(/\s*\\\n\s*/g, " ")
        .trim(),
      line.replace(/'.*'/s, "BODY"),
    );
  });
});
