import assert from "node:assert/strict";
import { readXml } from "../../../../local/services/s3/wire/readXml";

describe("readXml", () => {
  it("knows XML's five entities and characters by their number", () => {
    assert.equal(readXml("<A><K>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;</K></A>", "A").get("K"), "<>&\"'AB");
  });

  it("rejects entities of other names, those that every object has among them", () => {
    for (const name of ["nbsp", "constructor", "__proto__", "toString"]) {
      assert.throws(() => readXml(`<A><K>&${name};</K></A>`, "A"), { code: "MalformedXML" });
    }
  });
});
