import { writeXml } from "../../../http/writeXml";
import { awsUriEncode } from "../../iam/sigv4/awsUriEncode";
import { rejectParameters } from "../action";
import { authenticateForm } from "../authenticateForm";
import { requireAllowed } from "../authorize";
import type { S3Parts } from "../call";
import { checksumHeaders, Digester, type Digests } from "../checksums";
import { expireObjects } from "../expireObjects";
import { uploadHeaders } from "../objectHeaders";
import { formContext } from "../policyContext";
import { checkPostPolicy, keyOf, type SizeRange } from "../postPolicy";
import { S3Error } from "../s3Error";
import type { BucketStore } from "../store/bucketStore";
import { storeObject } from "../store/storeObject";
import type { ObjectMetadata, ObjectVersion } from "../store/types";
import { checkAcl } from "../wire/acl";
import { readObjectMetadata } from "../wire/objectMetadata";
import { type PostForm, readPostForm } from "../wire/postForm";
import { checkChecksum, readChecksum } from "../wire/requestBody";
import type { S3Response } from "../wire/response";
import type { S3Request } from "../wire/s3Request";
import { readTagging } from "../wire/tagging";
import { putObject } from "./putObject";

/** The upload of a browser's form, which its policy allows: it has no signature of the request itself. */
export async function postObject(parts: S3Parts, request: S3Request, requestId: string): Promise<S3Response> {
  const bucket = parts.store.bucket(request.bucket ?? "");
  const form = await readPostForm(request);
  try {
    return await upload(parts, request, bucket, form, requestId);
  } finally {
    // The client sends the rest before it reads the response.
    form.file.resume();
  }
}

async function upload(
  { options, notifier }: S3Parts,
  request: S3Request,
  bucket: BucketStore,
  form: PostForm,
  requestId: string,
): Promise<S3Response> {
  const now = options.now();
  const caller = await authenticateForm(form, options);
  const size = checkPostPolicy(form, bucket.name, now);
  const key = keyOf(form);
  if (key === "")
    throw new S3Error("InvalidArgument", { message: "Bucket POST must contain a field named 'key'." });
  const { principal, userArn, userId } = caller;
  const metadata = readMetadata(form, bucket);
  const context = formContext(form, metadata.tags);
  const access = { principal, userArn, bucket, key, sourceIp: request.sourceIp, context };
  await requireAllowed({ ...access, action: "s3:PutObject" }, options);
  rejectParameters(putObject, form);
  checkAcl(form);
  if (metadata.tags) await requireAllowed({ ...access, action: "s3:PutObjectTagging" }, options);
  await expireObjects(bucket, now);
  const file = new FormFile(form, size);
  const segment = await bucket.data.write(file.chunks());
  const { md5, checksum } = file.digests;
  const draft = { key, etag: md5, segments: [segment], metadata, checksum };
  const version = await storeObject(bucket, draft, { now });
  notifier.notify(bucket, {
    name: "ObjectCreated:Post",
    ...version,
    time: now,
    principalId: userId,
    sourceIp: request.sourceIp,
    requestId,
  });
  return respond(request, form, bucket, version);
}

function readMetadata(form: PostForm, bucket: BucketStore): ObjectMetadata {
  const metadata = readObjectMetadata(form, bucket.configuration.defaultEncryption);
  const tagging = form.fields.get("tagging");
  return tagging === undefined ? metadata : { ...metadata, tags: readFormTagging(tagging) };
}

/** S3 takes other XML for no tags. */
function readFormTagging(text: string): Record<string, string> | undefined {
  return /^\s*<(?!Tagging\b)\w+/.test(text) ? undefined : readTagging(text);
}

/** The bytes of a form's file, which have to be as many as the policy allows, with the checksum that the form names. */
class FormFile {
  readonly #form: PostForm;
  readonly #size: SizeRange;
  readonly #declared: ReturnType<typeof readChecksum>;
  #digests: Digests | undefined;

  constructor(form: PostForm, size: SizeRange) {
    this.#form = form;
    this.#size = size;
    this.#declared = readChecksum(form);
  }

  /** Reads bytes that are too many to their end, so that the error can say how many there were. */
  async *chunks(): AsyncGenerator<Buffer> {
    const { min, max } = this.#size;
    const digester = new Digester(this.#declared?.algorithm);
    let size = 0;
    for await (const chunk of this.#form.file as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > max) continue;
      digester.update(chunk);
      yield chunk;
    }
    const details = { ProposedSize: size };
    if (size > max) throw new S3Error("EntityTooLarge", { details: { ...details, MaxSizeAllowed: max } });
    if (size < min) throw new S3Error("EntityTooSmall", { details: { ...details, MinSizeAllowed: min } });
    this.#digests = await digester.digests();
    if (this.#declared) checkChecksum(this.#declared, new Map(), this.#digests.checksum.value);
  }

  get digests(): Digests {
    if (!this.#digests) throw new Error("The file has not been read to its end.");
    return this.#digests;
  }
}

function respond(
  request: S3Request,
  form: PostForm,
  bucket: BucketStore,
  version: ObjectVersion,
): S3Response {
  const base = `http://${request.header("host")}/${request.isVirtualHosted ? "" : `${bucket.name}/`}`;
  const location = base + awsUriEncode(version.key);
  const etag = `"${version.etag}"`;
  const headers = { ...uploadHeaders(bucket, version), ...checksumHeaders(version.checksum), location };
  const redirect = form.fields.get("success_action_redirect") ?? form.fields.get("redirect");
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    const result = { bucket: bucket.name, key: version.key, etag };
    for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value);
    return { status: 303, headers: { ...headers, location: url.href } };
  }
  const status = form.fields.get("success_action_status");
  if (status === "200") return { status: 200, headers };
  if (status !== "201") return { status: 204, headers };
  const content = { Location: location, Bucket: bucket.name, Key: version.key, ETag: etag };
  return { status: 201, headers, body: writeXml("PostResponse", content, { xmlns: "" }) };
}
