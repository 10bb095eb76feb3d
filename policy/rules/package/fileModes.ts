import { filesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

const TYPE = 0o170000;
const SYMLINK = 0o120000;
const READ_BY_OTHERS = 0o004;

export const packageFileModes = stackRule({
  name: "package-file-modes",
  title: "Lambda may read every file of a package",
  why: "The function runs as another user: a file of mode 0600 gives `EACCES: permission denied` in the first request, and a link is to a place that is not there.",
  cure: "Give files 0644 and folders 0755 before zipping, and the files themselves in place of links.",
  severity: "high",
  tier: "aws",
  url: "https://repost.aws/knowledge-center/lambda-deployment-package-errors",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  async check(resource, context) {
    const files = await filesOf(resource, context);
    return files.flatMap(({ path, mode }) => {
      if (mode === undefined) return [];
      if ((mode & TYPE) === SYMLINK) return [{ found: `${path} is a symbolic link`, allowed: "files" }];
      return (mode & READ_BY_OTHERS) === 0
        ? [{ found: `${path} has mode 0${(mode & 0o777).toString(8)}`, allowed: "0644 or 0755" }]
        : [];
    });
  },
});
