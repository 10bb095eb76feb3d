/**
 * RFC 2047, by which S3 takes and returns user metadata that is not plain ASCII: quoted-printable where most characters
 * are ASCII, else base64, in words of at most 75 characters.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */

/** The most that a word holds between `=?UTF-8?Q?` and `?=`. */
const MAX_ENCODED = 63;

/** The text, or encoded words if it has anything but printable ASCII, tabs and line breaks. */
export function encodeWords(text: string): string {
  const characters = [...text];
  const others = characters.filter((character) => !/[\t\n\r\x20-\x7e]/.test(character)).length;
  if (others === 0) return text;
  const isMostlyAscii = text.length - others > others;
  return words(characters, isMostlyAscii ? quote : base64, isMostlyAscii ? "Q" : "B").join(" ");
}

/** The text that encoded words in a header stand for; what cannot be decoded stays as it is. */
export function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(
      /=\?([\w-]+)\?([QB])\?([^?\s]*)\?=/gi,
      (word, charset: string, form: string, content: string) => {
        if (!/^(utf-8|us-ascii|iso-8859-1)$/i.test(charset)) return word;
        if (/b/i.test(form) && !/^[\w+/]*={0,2}$/.test(content)) return word;
        const bytes = form.toUpperCase() === "Q" ? unquote(content) : Buffer.from(content, "base64");
        return bytes.toString(charset.toLowerCase() === "iso-8859-1" ? "latin1" : "utf8");
      },
    );
}

function words(characters: readonly string[], encode: (text: string) => string, form: "Q" | "B"): string[] {
  const content = encode(characters.join(""));
  if (content.length <= MAX_ENCODED || characters.length <= 1) return [`=?UTF-8?${form}?${content}?=`];
  const half = Math.floor(characters.length / 2);
  return [...words(characters.slice(0, half), encode, form), ...words(characters.slice(half), encode, form)];
}

function quote(text: string): string {
  let quoted = "";
  for (const byte of Buffer.from(text)) {
    if (byte === 0x20) quoted += "_";
    else if (byte < 0x20 || byte > 0x7e || byte === 0x3d || byte === 0x5f || byte === 0x3f) {
      quoted += `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    } else quoted += String.fromCharCode(byte);
  }
  return quoted;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function unquote(content: string): Buffer {
  const latin1 = content
    .replaceAll("_", " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin1, "latin1");
}
