import assert from "node:assert/strict";
import { showContent } from "../../../local/page/api/showContent";

describe("The content of a file on the page", () => {
  const shown = (content: string | Buffer, size?: number) => {
    const bytes = Buffer.from(content as string);
    const { headers, body } = showContent(bytes, size ?? bytes.length);
    const { "content-type": type, "x-shown-as": as } = Object.fromEntries(headers);
    return { type, as, body: body.toString("utf8") };
  };

  it("is text for everything that a browser would run", () => {
    for (const text of [
      "<script>alert(1)</script>",
      "<svg onload='a'/>",
      "<?xml version='1.0'?>",
      "%PDF-1.7\n",
    ]) {
      assert.deepEqual(shown(text), { type: "text/plain; charset=utf-8", as: "text", body: text });
    }
  });

  it("is an image only by its own first bytes, and only whole", () => {
    const png = Buffer.from("89504e470d0a1a0a00000000", "hex");
    assert.deepEqual([shown(png).as, shown(png).type], ["image", "image/png"]);
    assert.equal(shown(png, 1_000).as, "hex");
  });

  it("is hexadecimal where it is neither, and text with a character that is cut", () => {
    assert.deepEqual(shown(Buffer.from([0, 65])).body, `00000000  ${"00 41".padEnd(47)}  .A\n`);
    assert.equal(shown(Buffer.from("aé").subarray(0, 2)).as, "text");
  });
});
