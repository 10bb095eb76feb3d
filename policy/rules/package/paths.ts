import { filesOf } from "../../lib/packages/packageOf";
import { type Finding, stackRule } from "../../lib/rule";

export const packagePaths = stackRule({
  name: "package-paths",
  title: "Each file of a package has a path of its own that Linux knows",
  why: "Of two files of one path the last one counts; a backslash is part of a name; other tools unpack names that differ in case into one.",
  cure: "Zip on Linux, from within the folder, into a new archive.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  async check(resource, context) {
    const files = await filesOf(resource, context);
    const paths = files.map(({ path }) => path).filter((path) => !path.includes("!/"));
    return [...foreign(paths), ...colliding(paths)];
  },
});

function foreign(paths: readonly string[]): Finding[] {
  return paths
    .filter((path) => path.includes("\\") || path.startsWith("/") || path.split("/").includes(".."))
    .map((path) => ({ found: `the path ${path}`, allowed: "relative paths with `/`" }));
}

function colliding(paths: readonly string[]): Finding[] {
  const seen = new Map<string, string>();
  return paths.flatMap((path) => {
    const before = seen.get(path.toLowerCase());
    seen.set(path.toLowerCase(), path);
    if (before === undefined) return [];
    return before === path
      ? [{ found: `${path} twice`, allowed: "one file for each path" }]
      : [{ found: `${before} and ${path}`, allowed: "names that differ in more than case", warning: true }];
  });
}
