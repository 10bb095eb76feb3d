/** What an XML element holds: text, elements by name (a list repeats one), nothing where it is `undefined`. */
export type XmlContent = string | number | boolean | undefined | readonly XmlContent[] | XmlElements;
export interface XmlElements {
  readonly [name: string]: XmlContent;
}

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An XML document of S3's; errors have no namespace. */
export function writeXml(
  root: string,
  content: XmlContent,
  { xmlns = namespace }: { xmlns?: string } = {},
): string {
  const attribute = xmlns && ` xmlns="${xmlns}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${write(content)}</${root}>`;
}

function write(content: XmlContent): string {
  if (content === undefined) return "";
  if (typeof content !== "object") return escapeText(String(content));
  return Object.entries(content)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const))
    .map(([name, value]) => (value === undefined ? "" : `<${name}>${write(value)}</${name}>`))
    .join("");
}

function escapeText(text: string): string {
  // Control characters go as references, which is what S3 does with keys that hold them; strict parsers need encoding-type=url then.
  return text.replace(/[&<>"\p{Cc}\uFFFE\uFFFF]/gu, (character) => `&#${character.codePointAt(0)};`);
}
