import type { Package } from "./package";

const ONNX_RUNTIME = /(^|\/)(onnxruntime_binding\.node|libonnxruntime\.so[^/]*)$/;

/** ONNX Runtime's native files in a package, by their paths. */
export function onnxRuntimeFiles({ files }: Package): string[] {
  return files.map(({ path }) => path).filter((path) => ONNX_RUNTIME.test(path));
}
