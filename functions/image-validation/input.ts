import {
  check,
  description,
  type InferOutput,
  metadata,
  object,
  optional,
  pipe,
  rawCheck,
  string,
} from "valibot";

/** S3's own limit: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1_024;

/** @param keywords  JSON Schema's own for what the string holds, from which forms are made. */
const text = (what: string, keywords: Readonly<Record<string, string>> = {}) =>
  optional(pipe(string("must be a string"), description(what), metadata(keywords)));

/** The source of the image: exactly one of three. */
export const input = pipe(
  object({
    url: text("Address of the image: http or https, public", { format: "uri" }),
    bucket: text("The stack's upload bucket; with `key`"),
    key: optional(
      pipe(
        string("must be a string"),
        check(isKey, `must have 1 to ${MAX_KEY_BYTES} bytes of UTF-8`),
        description("Key of the image in the bucket"),
      ),
    ),
    image: text("The image itself in base64 or as a data: URL, up to 4 MB of bytes", {
      contentEncoding: "base64",
      contentMediaType: "image/*",
    }),
  }),
  rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { url, bucket, key, image } = dataset.value;
    const object = bucket === undefined && key === undefined ? undefined : "bucket";
    if ([url, object, image].filter((way) => way !== undefined).length !== 1) {
      addIssue({ message: "exactly one of `url`, `bucket` with `key`, and `image` must be given" });
    } else if (object !== undefined && (bucket === undefined || key === undefined)) {
      addIssue({ message: "`bucket` and `key` must be given together" });
    }
  }),
  // What the check above says, in JSON Schema's words.
  metadata({
    oneOf: [{ required: ["url"] }, { required: ["bucket", "key"] }, { required: ["image"] }],
  }),
);

/** Half of a surrogate pair has no UTF-8 encoding. */
function isKey(key: string): boolean {
  return key !== "" && Buffer.byteLength(key) <= MAX_KEY_BYTES && !/\p{Cs}/u.test(key);
}

export type Input = InferOutput<typeof input>;
