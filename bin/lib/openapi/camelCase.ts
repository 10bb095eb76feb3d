/** `/smoke-segmentation/uploads` as a client's method: `smokeSegmentationUploads`. */
export function camelCase(path: string): string {
  return path
    .replace(/^\//, "")
    .replace(/[{}]/g, "")
    .replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
