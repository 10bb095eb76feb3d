import os from "node:os";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { type Aliases, aliases, aliasesKey, MAX_CHANGES } from "../../functions/shared/aliases";
import { modelFolder } from "../../functions/shared/modelKeys";
import { statusOf } from "../../functions/shared/statusOf";
import { validate } from "../../functions/shared/validate";
import type { ModelBucket } from "./modelBucket";
import { listModels } from "./modelObjects";

/** A model's `aliases.json`, as it is in the bucket. */
export interface StoredAliases {
  /** Its ETag; `undefined` where there is no such file. */
  readonly etag: string | undefined;
  readonly aliases: Aliases | undefined;
  /** Why the endpoint does not follow the file. */
  readonly broken?: string;
}

/** Says that a model's aliases are broken, and what mends them. */
export function brokenLine(name: string, broken: string): string {
  return `The aliases of ${name} cannot be followed: ${broken}. \`npm run model -- alias ${name} live=VERSION\` writes them anew.`;
}

/** Reads a model's aliases. */
export async function readAliases({ client, bucket }: ModelBucket, name: string): Promise<StoredAliases> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: aliasesKey(name) }));
    const text = (await Body?.transformToString()) ?? "";
    try {
      return { etag: ETag, aliases: validate(aliases, JSON.parse(text)) };
    } catch (cause) {
      return { etag: ETag, aliases: undefined, broken: (cause as Error).message };
    }
  } catch (error) {
    if ((error as Error).name === "NoSuchKey") return { etag: undefined, aliases: undefined };
    throw error;
  }
}

/**
 * Writes a model's aliases, with what they were before and who changed them when.
 *
 * @param stored  What the change was made from: another one meanwhile is not overwritten.
 * @throws Error  A version that is not in the bucket, or a change by somebody else.
 */
export async function writeAliases(
  bucket: ModelBucket,
  name: string,
  stored: StoredAliases,
  next: Omit<Aliases, "history">,
): Promise<void> {
  await requireVersions(bucket, name, next);
  const change = {
    at: new Date().toISOString(),
    by: `${os.userInfo().username}@${os.hostname()}`.slice(0, 200),
  };
  const history = [...(stored.aliases?.history ?? []), { ...change, ...next }].slice(-MAX_CHANGES);
  const body = `${JSON.stringify(validate(aliases, { ...next, history }), null, 2)}\n`;
  try {
    await bucket.client.send(
      new PutObjectCommand({
        Bucket: bucket.bucket,
        Key: aliasesKey(name),
        Body: body,
        ContentType: "application/json",
        ...(stored.etag === undefined ? { IfNoneMatch: "*" } : { IfMatch: stored.etag }),
      }),
    );
  } catch (error) {
    const status = statusOf(error);
    if (status === 409 || status === 412) {
      throw new Error(`The aliases of ${name} were changed meanwhile: run the command again.`, {
        cause: error,
      });
    }
    if (status === 403) {
      throw new Error(
        `The aliases of ${name} cannot be written here. With the stack's setting \`aliasesRole\`, change functions/open-inference/model/aliases/STACK/${name}.json and deploy.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/**
 * Rejects the removal of a version that aliases name: requests that they send there would be 404.
 *
 * @throws Error  They name it.
 */
export function requireUnnamed(name: string, version: string, named: Aliases | undefined): void {
  if (named === undefined) return;
  const { live, canary, shadow } = named;
  const [cure] = [
    ...(live === version ? ["live=ANOTHER"] : []),
    ...(canary?.version === version ? ["canary=none"] : []),
    ...(shadow === version ? ["shadow=none"] : []),
  ];
  if (cure === undefined) return;
  throw new Error(
    `Version ${version} of ${name} is in use (${aliasesText(named)}): \`npm run model -- alias ${name} ${cure}\` first.`,
  );
}

async function requireVersions(
  bucket: ModelBucket,
  name: string,
  { live, canary, shadow }: Aliases,
): Promise<void> {
  const models = await listModels(bucket, modelFolder(name));
  const versions = models.map(({ version }) => version);
  for (const version of [live, canary?.version, shadow]) {
    if (version === undefined || versions.includes(version)) continue;
    const there = versions.length === 0 ? "has no versions" : `has ${versions.join(", ")}`;
    throw new Error(`The model ${name} has no version ${version}; it ${there}.`);
  }
}

/** The aliases after a change by words such as `live=3`, `canary=4:10%`, `canary=4:10%:x-user-id`, `shadow=5` and `canary=none`. */
export function changedAliases(
  before: Aliases | undefined,
  words: readonly string[],
): Omit<Aliases, "history"> {
  let { live, canary, shadow } = before ?? { live: undefined };
  for (const word of words) {
    const { alias, value = "" } = /^(?<alias>live|canary|shadow)=(?<value>.+)$/.exec(word)?.groups ?? {};
    const none = value === "none";
    if (alias === "live" && !none) live = value;
    else if (alias === "canary") canary = none ? undefined : readCanary(value);
    else if (alias === "shadow") shadow = none ? undefined : value;
    else {
      throw new Error(
        `"${word}" is no alias: live=3, canary=4:10%, canary=4:10%:x-user-id, canary=none, shadow=5, shadow=none.`,
      );
    }
  }
  if (live === undefined) throw new Error("A model without aliases needs live=VERSION first.");
  return { live, ...(canary && { canary }), ...(shadow && { shadow }) };
}

function readCanary(value: string): NonNullable<Aliases["canary"]> {
  const parts = /^(?<version>\d{1,18}):(?<percent>\d{1,3}(\.\d+)?)%(:(?<header>[\w-]+))?$/.exec(
    value,
  )?.groups;
  if (parts === undefined)
    throw new Error(`"canary=${value}" must be as canary=4:10% or canary=4:10%:x-user-id.`);
  const percent = Number(parts.percent);
  if (percent > 100) throw new Error(`"canary=${value}" must have a share of 0% to 100%.`);
  return {
    version: String(parts.version),
    percent,
    ...(parts.header && { header: parts.header.toLowerCase() }),
  };
}

/** The aliases with the canary as the live version. */
export function promoted(name: string, before: Aliases | undefined): Omit<Aliases, "history"> {
  if (before?.canary === undefined) {
    throw new Error(
      `The model ${name} has no canary: \`npm run model -- alias ${name} canary=VERSION:10%\`.`,
    );
  }
  const { canary, shadow } = before;
  return { live: canary.version, ...(shadow && { shadow }) };
}

/** The aliases without the canary; where there is none, with the version that was live before. */
export function rolledBack(name: string, before: Aliases | undefined): Omit<Aliases, "history"> {
  const kept = before?.shadow === undefined ? {} : { shadow: before.shadow };
  if (before?.canary !== undefined) return { live: before.live, ...kept };
  const earlier = before?.history?.findLast(({ live }) => live !== before.live);
  if (earlier === undefined) throw new Error(`No other version of ${name} was live before.`);
  return { live: earlier.live, ...kept };
}

/** `live=3 canary=4:10% shadow=5` */
export function aliasesText({ live, canary, shadow }: Omit<Aliases, "history">): string {
  return [
    `live=${live}`,
    ...(canary
      ? [`canary=${canary.version}:${canary.percent}%${canary.header ? `:${canary.header}` : ""}`]
      : []),
    ...(shadow ? [`shadow=${shadow}`] : []),
  ].join(" ");
}
