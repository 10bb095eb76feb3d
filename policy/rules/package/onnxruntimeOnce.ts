import path from "node:path";
import { onnxRuntimeFiles } from "../../lib/packages/onnxRuntimeFiles";
import { packagesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageOnnxruntimeOnce = stackRule({
  name: "package-onnxruntime-once",
  title: "A function and its layers hold ONNX Runtime once",
  why: "With onnxruntime-node come the libraries of every platform, some hundred MB; and of two copies, one in the package and one in a layer, nobody knows which is loaded.",
  cure: "Keep the libraries of the function's platform in one place: the layer, and leave them out of the package.",
  severity: "medium",
  url: "https://www.npmjs.com/package/onnxruntime-node",
  types: ["aws:lambda/function:Function"],
  async check(fn, context) {
    const folders = (await packagesOf(fn, context)).flatMap((one) =>
      [...new Set(onnxRuntimeFiles(one.package).map((file) => path.posix.dirname(file)))].map(
        (folder) => `${one.name}: ${folder}`,
      ),
    );
    if (folders.length <= 1) return undefined;
    return { found: `${folders.length} copies (${folders.join("; ")})`, allowed: "one" };
  },
});
