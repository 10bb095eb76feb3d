import { filesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageLfsPointers = stackRule({
  name: "package-lfs-pointers",
  title: "A package holds files, not Git LFS's pointers to them",
  why: "A clone without `git lfs pull` has 130 bytes of text where the model should be; the function fails to load it.",
  cure: "Run `git lfs pull` before packaging (`lfs: true` in actions/checkout).",
  severity: "high",
  tier: "aws",
  url: "https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  async check(resource, context) {
    const files = await filesOf(resource, context);
    return files
      .filter(({ isPointer }) => isPointer)
      .map(({ path }) => ({ found: `${path} is a pointer of Git LFS`, allowed: "the file itself" }));
  },
});
