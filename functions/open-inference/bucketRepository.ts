import { NotFound } from "../shared/errors";
import { MODELS, modelFolder, modelKey, parseModelKey } from "../shared/modelKeys";
import type { ModelStore } from "../shared/modelStore/modelStore";
import type { ObjectStore } from "../shared/objectStore";
import { aliasStore } from "./aliasStore";
import type { IndexEntry, ModelRepository } from "./modelRepository";

const ONNX = "model.onnx";

interface ListedModel extends IndexEntry {
  readonly bytes: number;
}

interface BucketRepositoryOptions {
  readonly objects: ObjectStore;
  readonly models: ModelStore;
  /** After how many seconds the bucket is listed again. */
  readonly checkSeconds: number;
}

/** The models of a bucket: what is uploaded is served, without a deployment. */
export function bucketRepository({
  objects,
  models,
  checkSeconds,
}: BucketRepositoryOptions): ModelRepository {
  const listed = new Map<string, { at: number; entries: Promise<readonly ListedModel[]> }>();
  /** The file of each, by name and version. */
  const files = new Map<string, string>();

  /** Models whose keys begin with a prefix, newest version first; listed once for all who ask meanwhile. */
  function list(prefix: string): Promise<readonly ListedModel[]> {
    const known = listed.get(prefix);
    if (known && performance.now() - known.at < checkSeconds * 1000) return known.entries;
    const entries = listObjects(objects, prefix, files);
    listed.set(prefix, { at: performance.now(), entries });
    // A model that is not there may be uploaded the next moment, and names are the caller's: neither is kept.
    const forget = () => listed.delete(prefix);
    entries.then((found) => found.length === 0 && forget(), forget);
    return entries;
  }

  function keyOf({ name, version }: IndexEntry): string {
    return modelKey({ name, version, file: files.get(`${name}/${version}`) ?? ONNX });
  }

  return {
    async index() {
      const entries = await list(MODELS);
      return entries.map(({ name, version, bytes }) => ({
        name,
        version,
        reason: models.rejectionFor(keyOf({ name, version }), bytes),
      }));
    },
    async versions(name, asked) {
      const prefix = modelFolder(name);
      let entries = await list(prefix);
      if (entries.length === 0) throw new NotFound(`There is no model ${name}`);
      if (asked !== undefined && !entries.some(({ version }) => version === asked)) {
        // It may have been uploaded since.
        listed.delete(prefix);
        entries = await list(prefix);
      }
      return entries.map(({ version }) => version);
    },
    aliases: aliasStore(objects, checkSeconds),
    use: (name, version, fields, run) =>
      models.use(keyOf({ name, version }), fields, async (session, { facts }) => run(session, facts())),
  };
}

async function listObjects(
  objects: ObjectStore,
  prefix: string,
  files: Map<string, string>,
): Promise<readonly ListedModel[]> {
  const entries = new Map<string, ListedModel>();
  for await (const { key, bytes } of objects.list(prefix)) {
    const parsed = parseModelKey(key);
    if (parsed === undefined) continue;
    const { name, version, file } = parsed;
    const model = `${name}/${version}`;
    // ONNX is served where a version has several files.
    if (!entries.has(model) || file === ONNX) files.set(model, file);
    entries.set(model, { name, version, bytes });
  }
  return [...entries.values()].sort(
    (a, b) => a.name.localeCompare(b.name) || compareVersions(b.version, a.version),
  );
}

/** Orders versions by their numbers, which may be times of up to 18 digits: more than a double holds. */
function compareVersions(a: string, b: string): number {
  const [first, second] = [BigInt(a), BigInt(b)];
  return first < second ? -1 : Number(first > second);
}
