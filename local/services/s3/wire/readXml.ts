import { S3Error } from "../s3Error";

/** An element of a request's XML; namespaces and attributes are left out, S3's requests say nothing with them. */
export class XmlElement {
  readonly children: XmlElement[] = [];
  text = "";

  constructor(readonly name: string) {}

  all(name: string): XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The text of a child, `undefined` where there is none. */
  get(name: string): string | undefined {
    return this.children.find((child) => child.name === name)?.text;
  }
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Comments, instructions and CDATA that do not end take the rest of the text: the search never begins anew in them. */
const TOKEN =
  /<\?[^>]*(?:>|$)|<!--.*?(?:(-->)|$)|<!\[CDATA\[(.*?)(?:(\]\]>)|$)|<(\/?)([^\s<>/!?]+)((?:[\s/!?][^<>]*)?)>|([^<]+)|</gs;

/** Reads the XML of a request's body. Document types are rejected, and with them entities of the client's own. @throws S3Error MalformedXML */
export function readXml(text: string, rootName: string): XmlElement {
  const top = new XmlElement("");
  const open = [top];
  for (const [token, commentEnd, cdata, cdataEnd, closing, qualified, rest, characters] of text.matchAll(
    TOKEN,
  )) {
    const current = open.at(-1) ?? malformed();
    if (cdata !== undefined) current.text += cdataEnd === undefined ? malformed() : cdata;
    else if (characters !== undefined) current.text += resolveEntities(characters);
    else if (qualified !== undefined) {
      const name = qualified.slice(qualified.lastIndexOf(":") + 1);
      if (closing) {
        if (current.name !== name || open.length === 1) malformed();
        open.pop();
      } else {
        const child = new XmlElement(name);
        current.children.push(child);
        if (!rest?.endsWith("/")) open.push(child);
      }
    } else if (commentEnd === undefined && !(token.startsWith("<?") && token.endsWith("?>"))) malformed();
  }
  const [root] = top.children;
  if (!root || open.length !== 1 || root.name !== rootName) malformed();
  return root;
}

function resolveEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (_, name: string) => {
    if (!name.startsWith("#")) return (Object.hasOwn(entities, name) && entities[name]) || malformed();
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : malformed();
  });
}

function malformed(): never {
  throw new S3Error("MalformedXML");
}
