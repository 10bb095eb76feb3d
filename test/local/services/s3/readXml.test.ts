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

  it("reads elements with attributes, without content, comments and CDATA", () => {
    const xml =
      '<?xml version="1.0"?><!-- a --><s3:A xmlns:s3="b"><K/><L a="1" /><K><![CDATA[<x>]]>y</K ></s3:A>';
    const read = readXml(xml, "A");
    assert.deepEqual(
      read.children.map(({ name, text }) => [name, text]),
      [
        ["K", ""],
        ["L", ""],
        ["K", "<x>y"],
      ],
    );
  });

  it("rejects what begins and does not end, and document types", () => {
    for (const start of ["<!--", "<![CDATA[", "<?xml", "<B", "<", "<!DOCTYPE a>", "</B"]) {
      assert.throws(() => readXml(`<A></A>${start}`, "A"), { code: "MalformedXML" }, start);
      assert.throws(() => readXml(`${start}<A></A>`, "A"), { code: "MalformedXML" }, start);
    }
  });
});
