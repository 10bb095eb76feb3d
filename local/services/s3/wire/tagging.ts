import { writeXml } from "../../../http/writeXml";
import { S3Error } from "../s3Error";
import { readXml } from "./readXml";

const MAX_OBJECT_TAGS = 10;
/** Letters, digits, spaces and these: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Checks an object's tags. @throws S3Error  InvalidTag, BadRequest */
export function checkTags(tags: readonly (readonly [key: string, value: string])[]): Record<string, string> {
  if (tags.length > MAX_OBJECT_TAGS) {
    throw new S3Error("BadRequest", { message: `Object tags cannot be greater than ${MAX_OBJECT_TAGS}` });
  }
  const seen = new Set<string>();
  for (const [key, value] of tags) {
    const details = { TagKey: key.slice(0, 100) };
    if (key === "" || key.length > 128 || !ALLOWED.test(key)) {
      throw new S3Error("InvalidTag", { message: "The TagKey you have provided is invalid", details });
    }
    if (value.length > 256 || !ALLOWED.test(value)) {
      throw new S3Error("InvalidTag", {
        message: "The TagValue you have provided is invalid",
        details: { ...details, TagValue: value.slice(0, 100) },
      });
    }
    if (key.startsWith("aws:")) {
      throw new S3Error("InvalidTag", { message: "Your TagKey cannot be prefixed with aws:", details });
    }
    if (seen.has(key)) {
      throw new S3Error("InvalidTag", { message: "Cannot provide multiple Tags with the same key", details });
    }
    seen.add(key);
  }
  return Object.fromEntries(tags);
}

/** Reads the XML of a set of tags. @throws S3Error  MalformedXML */
export function readTagging(text: string): Record<string, string> {
  const tags = readXml(text, "Tagging")
    .all("TagSet")
    .flatMap((tagSet) => tagSet.all("Tag"));
  return checkTags(
    tags.map((tag) => {
      const [key, value] = [tag.get("Key"), tag.get("Value")];
      if (key === undefined || value === undefined) throw new S3Error("MalformedXML");
      return [key, value] as const;
    }),
  );
}

export function writeTagging(tags: Readonly<Record<string, string>> | undefined): string {
  const list = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return writeXml("Tagging", { TagSet: { Tag: list } });
}
