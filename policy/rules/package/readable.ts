import { isSet } from "../../lib/isSet";
import { packageOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageReadable = stackRule({
  name: "package-readable",
  title: "Every package can be opened",
  why: "What cannot be opened is not measured: each other rule about packages would pass it unseen.",
  cure: "Package it from files of this machine: a FileArchive, an AssetArchive, or an object of a bucket of this stack.",
  severity: "medium",
  tier: "strict",
  url: "https://www.pulumi.com/docs/iac/concepts/assets-archives/",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  async check(resource, context) {
    if (resource.type === "aws:lambda/function:Function") {
      if (isSet(resource.props, "imageUri")) return undefined;
      const own = context.stack.references(resource, "aws:lambda/layerVersion:LayerVersion", "layers");
      const foreign = (resource.props.layers?.length ?? 0) - own.length;
      if (foreign > 0)
        return { found: `${foreign} of its layers not of this stack`, allowed: "layers of this stack" };
    }
    const opened = await packageOf(resource, context);
    return "closed" in opened
      ? {
          found: `a package that cannot be opened (${opened.closed})`,
          allowed: "archives of files on this machine",
        }
      : undefined;
  },
});
