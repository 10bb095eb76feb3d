/** Whether an API's `binaryMediaTypes` cover a media type: exactly, as `type/*`, or as `*` `/` `*`. */
export function matchesMediaType(binaryMediaTypes: readonly string[], mediaType: string): boolean {
  const type = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  const [major] = type.split("/");
  return binaryMediaTypes.some((binary) => binary === "*/*" || binary === type || binary === `${major}/*`);
}
