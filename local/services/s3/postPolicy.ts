import { S3Error } from "./s3Error";
import type { PostForm } from "./wire/postForm";

/** How many bytes a form's file may have. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/** Fields that no condition has to name. */
const FREE = ["file", "policy", "awsaccesskeyid", "signature", "x-amz-signature"];
/** S3 takes up to 5 GiB in one request. */
const ANY_SIZE: SizeRange = { min: 0, max: 5 * 1024 ** 3 };

type Condition = readonly [operator: string, name: unknown, value: unknown];

/**
 * Checks a form against its policy document, whose signature was checked before.
 *
 * @returns        How large the file may be.
 * @throws S3Error  AccessDenied, InvalidPolicyDocument
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function checkPostPolicy(form: PostForm, bucket: string, now: Date): SizeRange {
  const { expiration, conditions } = readPolicy(form.fields.get("policy") ?? "");
  if (now.getTime() > expiration) throw denied("Policy expired.");
  const values = new Map([...form.fields, ["key", keyOf(form)], ["bucket", bucket]]);
  const named = new Set(FREE);
  let size = ANY_SIZE;
  for (const condition of conditions) {
    const [operator, name, value] = condition;
    if (operator === "content-length-range") {
      size = readSizeRange(condition);
      continue;
    }
    const field = typeof name === "string" && name.startsWith("$") ? name.slice(1).toLowerCase() : undefined;
    if (field === undefined || !holds(operator, values.get(field), String(value))) {
      throw denied(`Policy Condition failed: ${spell(condition)}`);
    }
    named.add(field);
  }
  const extra = [...form.fields.keys()].find((name) => !named.has(name) && !name.startsWith("x-ignore-"));
  if (extra !== undefined) throw denied(`Extra input fields: ${extra.slice(0, 100)}`);
  return size;
}

/** The placeholder in a key for the file's name, which is put in before the policy is looked at. */
const FILE_NAME = /\$\{filename\}/g;

/** Key of the object that a form makes; empty where it has none. */
export function keyOf({ fields, fileName }: PostForm): string {
  return (fields.get("key") ?? "").replace(FILE_NAME, (literal) => fileName ?? literal);
}

/** `2026-01-02T03:04:05.678Z` */
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function readPolicy(base64: string): { expiration: number; conditions: readonly Condition[] } {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(base64, "base64").toString());
  } catch (cause) {
    throw new S3Error("InvalidPolicyDocument", { message: "Invalid Policy: Invalid JSON.", cause });
  }
  const { expiration, conditions } = { ...(document as Record<string, unknown>) };
  if (expiration === undefined) throw invalid("Policy missing expiration.");
  const time = ISO_8601.test(String(expiration)) ? Date.parse(String(expiration)) : Number.NaN;
  if (Number.isNaN(time)) throw invalid(`Invalid 'expiration' value: '${String(expiration).slice(0, 100)}'`);
  if (!Array.isArray(conditions)) throw invalid("Policy missing conditions.");
  return { expiration: time, conditions: conditions.map(readCondition) };
}

function readCondition(condition: unknown): Condition {
  if (Array.isArray(condition)) {
    if (condition.length !== 3) throw invalid("A condition that is a list has three elements.");
    return [String(condition[0]).toLowerCase(), condition[1], condition[2]];
  }
  const entries = Object.entries({ ...(condition as Record<string, unknown>) });
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) {
    throw invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
  }
  return ["eq", `$${entry[0]}`, entry[1]];
}

function readSizeRange(condition: Condition): SizeRange {
  const [min, max] = [Number(condition[1]), Number(condition[2])];
  if (Number.isInteger(min) && Number.isInteger(max)) return { min, max: Math.min(max, ANY_SIZE.max) };
  // As recorded for limits that are no numbers.
  throw denied(`Policy Condition failed: ${spell(condition)}`);
}

function holds(operator: string, given: string | undefined, wanted: string): boolean {
  if (operator === "eq") return given === wanted;
  if (operator !== "starts-with") return false;
  // A list of content types has to begin so in each of them.
  return given?.split(",").every((one) => one.trim().startsWith(wanted)) ?? wanted === "";
}

function spell(condition: Condition): string {
  return `[${condition.map((part) => JSON.stringify(String(part)).slice(0, 200)).join(", ")}]`;
}

function denied(reason: string): S3Error {
  return new S3Error("AccessDenied", { message: `Invalid according to Policy: ${reason}` });
}

function invalid(reason: string): S3Error {
  return new S3Error("InvalidPolicyDocument", { message: `Invalid Policy: ${reason}` });
}
