/** A version of a model, as `POST /v2/repository/index` lists it. */
export interface ListedModel {
  readonly name: string;
  readonly version?: string;
  /** Why it cannot be served. */
  readonly reason?: string;
}

/** The path of a version within the endpoint. */
export function pathOf({ name, version }: ListedModel): string {
  return `/v2/models/${encodeURIComponent(name)}${version ? `/versions/${version}` : ""}`;
}

/** The model that a file becomes: named after the file, as the version after its newest one; `undefined` for no model. */
export function modelOf(fileName: string, files: readonly string[], models: readonly ListedModel[]) {
  const at = fileName.lastIndexOf(".");
  const file = files.find((each) => each.endsWith(fileName.slice(at)));
  if (at < 1 || file === undefined) return undefined;
  const name = fileName
    .slice(0, at)
    .replace(/[^\w.-]+/g, "-")
    .slice(0, 128);
  const versions = models.filter((model) => model.name === name).map(({ version }) => Number(version ?? 0));
  return { name, version: String(Math.max(0, ...versions) + 1), file };
}
