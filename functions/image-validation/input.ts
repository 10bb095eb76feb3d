import { description, type InferOutput, object, optional, pipe, rawCheck, string } from "valibot";

const text = (what: string) => optional(pipe(string("must be a string"), description(what)));

/** Where the picture is: exactly one of three ways. */
export const input = pipe(
  object({
    url: text("Address of the picture: http or https, public"),
    bucket: text("The stack's upload bucket; with `key`"),
    key: text("Key of the picture in the bucket"),
    image: text("The picture itself in base64, up to 4 MB of bytes"),
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
);

export type Input = InferOutput<typeof input>;
