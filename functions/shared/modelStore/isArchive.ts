/** Whether a model's key names an archive rather than ONNX itself. */
export function isArchive(key: string): boolean {
  return key.endsWith(".tar.gz") || key.endsWith(".tgz");
}
