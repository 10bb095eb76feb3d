/** The content of an XML element: text, elements by name (a list repeats one), nothing where it is `undefined`. */
export type XmlContent = string | number | boolean | undefined | readonly XmlContent[] | XmlElements;

/** Elements by name, or attributes, whose names begin with `@`. */
export interface XmlElements {
  readonly [name: string]: XmlContent;
}

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An XML document, of S3's by default; its errors have no namespace. */
export function writeXml(
  root: string,
  content: XmlContent,
  { xmlns = NAMESPACE }: { xmlns?: string } = {},
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content, xmlns && ` xmlns="${xmlns}"`)}`;
}

function element(name: string, content: XmlContent, attributes = ""): string {
  if (typeof content !== "object" || Array.isArray(content)) {
    return `<${name}${attributes}>${content === undefined ? "" : escapeText(String(content))}</${name}>`;
  }
  const entries = Object.entries(content);
  const own = entries
    .filter(([one]) => one.startsWith("@"))
    .map(([one, value]) => ` ${one.slice(1)}="${escapeText(String(value))}"`)
    .join("");
  const children = entries
    .filter(([one]) => !one.startsWith("@"))
    .flatMap(([one, value]) => [value].flat().map((item) => [one, item as XmlContent] as const))
    .map(([one, value]) => (value === undefined ? "" : element(one, value)))
    .join("");
  return `<${name}${attributes}${own}>${children}</${name}>`;
}

function escapeText(text: string): string {
  // S3 writes control characters of keys as references, too; strict parsers need encoding-type=url then.
  return text.replace(/[&<>"\p{Cc}\uFFFE\uFFFF]/gu, (character) => `&#${character.codePointAt(0)};`);
}
