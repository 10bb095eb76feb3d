import { exportsName } from "../../lib/packages/exportsName";
import { packagesOf } from "../../lib/packages/packageOf";
import { type Finding, stackRule } from "../../lib/rule";

export const packageHandler = stackRule({
  name: "package-handler",
  title: "The handler's file is in the package, and has the handler",
  why: "AWS takes the function, and every request fails with `Cannot find module` or `handler is not defined`.",
  cure: "Set `handler` to `<file>.<export>`, the file relative to the package's root.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html",
  types: ["aws:lambda/function:Function"],
  async check(fn, context): Promise<Finding | undefined> {
    // An image has neither.
    const { handler, runtime = "" } = fn.props;
    const extensions = extensionsOf(runtime);
    if (handler === undefined || extensions.length === 0) return undefined;
    const packages = await packagesOf(fn, context);
    const own = packages.find(({ name }) => name === fn.name)?.package.files;
    // A handler may also be a layer's, by a path of its own.
    if (own === undefined || handler.startsWith("/opt/")) return undefined;
    const at = handler.lastIndexOf(".");
    const [module, name] = [handler.slice(0, at).replace(/^\.\//, ""), handler.slice(at + 1)];
    if (at < 1) return { found: `handler ${handler}`, allowed: "<file>.<export>" };
    const files = extensions.map((extension) => `${asPath(module, runtime)}${extension}`);
    const file = own.find(({ path }) => files.includes(path));
    if (file === undefined) return missing(files, own);
    return file.code === undefined || exportsName(file.code, name, runtime)
      ? undefined
      : { found: `${file.path} without an export \`${name}\``, allowed: `the handler ${handler}` };
  },
});

function extensionsOf(runtime: string): string[] {
  if (runtime.startsWith("nodejs")) return [".js", ".mjs", ".cjs"];
  return runtime.startsWith("python") ? [".py", "/__init__.py"] : [];
}

/** Python's modules may be named with dots. */
function asPath(module: string, runtime: string): string {
  return runtime.startsWith("python") ? module.replaceAll(".", "/") : module;
}

function missing(files: readonly string[], own: readonly { readonly path: string }[]): Finding {
  const within = own.find(({ path }) => files.some((file) => path.endsWith(`/${file}`)))?.path;
  const hint = within === undefined ? "" : `, but ${within}`;
  return { found: `no ${files.join(" or ")}${hint}`, allowed: "the handler's file at its path" };
}
