import { HeadObjectCommand } from "@aws-sdk/client-s3";
import type { Aliases } from "../../functions/shared/aliases";
import { columns } from "./columns";
import { brokenLine, readAliases } from "./modelAliases";
import type { ModelBucket } from "./modelBucket";
import { type ModelObject, newestVersions } from "./modelObjects";
import { INPUTS_KEY } from "./pushModel";

/** Requests to S3 at a time. */
const AT_A_TIME = 16;
const HEAD = ["SERVED", "KIND", "NAME", "VERSION", "SIZE", "DATE", "INPUTS"];

/** A model's aliases with the version that is served without them, or why they cannot be followed. */
type Served = Omit<Aliases, "history"> | { readonly broken: string };

/**
 * Models as a table: which are served, and of those of `open-inference` what they take, as `push` has noted it. A line
 * below it names each model whose aliases are broken: an instance follows the last ones that it has read, or responds 422.
 */
export async function modelTable(bucket: ModelBucket, models: readonly ModelObject[]): Promise<string> {
  const inputs = await inputsOf(bucket, models);
  const served = await servedVersions(bucket, models);
  const rows = models.map((model, index) => [
    servedAs(model, served),
    model.kind,
    model.name,
    model.version ?? "-",
    size(model.bytes),
    model.modified?.toISOString().slice(0, 16).replace("T", " ") ?? "-",
    inputs[index] ?? "-",
  ]);
  const broken = [...served].flatMap(([name, of]) => ("broken" in of ? [brokenLine(name, of.broken)] : []));
  return [columns([HEAD, ...rows]), ...broken].join("\n");
}

/** How a model is served; an archive is where `MODEL_PATH` names it, which the bucket does not say. */
function servedAs({ kind, name, version }: ModelObject, served: ReadonlyMap<string, Served>): string {
  if (kind !== "model") return kind === "breed" ? "yes" : "-";
  const aliases = served.get(name);
  if (aliases && "broken" in aliases) return "?";
  if (aliases?.live === version) return "yes";
  if (aliases?.canary?.version === version) return "canary";
  return aliases?.shadow === version ? "shadow" : "-";
}

/** The aliases of each model; without a live one the highest version is served. */
async function servedVersions(
  bucket: ModelBucket,
  models: readonly ModelObject[],
): Promise<Map<string, Served>> {
  const newest = [...newestVersions(models)];
  const served = new Map<string, Served>();
  for (let at = 0; at < newest.length; at += AT_A_TIME) {
    await Promise.all(
      newest.slice(at, at + AT_A_TIME).map(async ([name, version]) => {
        const { aliases, broken } = await readAliases(bucket, name);
        served.set(name, broken === undefined ? { ...aliases, live: aliases?.live ?? version } : { broken });
      }),
    );
  }
  return served;
}

async function inputsOf(
  { client, bucket }: ModelBucket,
  models: readonly ModelObject[],
): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (let at = 0; at < models.length; at += AT_A_TIME) {
    const some = models.slice(at, at + AT_A_TIME).map(async ({ kind, key }) => {
      if (kind !== "model") return undefined;
      const { Metadata } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const noted = Metadata?.[INPUTS_KEY];
      return noted === undefined ? undefined : decodeURIComponent(noted);
    });
    found.push(...(await Promise.all(some)));
  }
  return found;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
