import { check, description, pipe, string } from "valibot";

/** Bytes of UTF-8; S3 takes twice as many, which leaves room for what is put beside an upload. */
const MAX_BYTES = 512;

/** Control characters would hide in logs and lists; half a surrogate pair has no UTF-8. */
const UNFIT = /[\p{Cc}\p{Cs}]/u;

/** Key of an object in the upload bucket: segments between `/`, any extension. */
export function fileName() {
  return pipe(
    string("must be a string"),
    check(
      (name) => !name.split("/").some((segment) => segment === "" || segment === "." || segment === ".."),
      "must have no empty, `.` or `..` segment",
    ),
    check((name) => !UNFIT.test(name), "must be Unicode text without control characters"),
    check((name) => Buffer.byteLength(name) <= MAX_BYTES, `must have at most ${MAX_BYTES} bytes`),
    description("Key of the object, e.g. folder/scene.npy"),
  );
}
