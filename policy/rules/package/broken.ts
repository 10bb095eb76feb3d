import { packageOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageBroken = stackRule({
  name: "package-broken",
  title: "The archive of a package is there, and is an archive",
  why: "Pulumi or AWS refuses it in the middle of the deployment.",
  cure: "Build the package before the program runs, and name its path relative to the program.",
  severity: "high",
  tier: "aws",
  url: "https://www.pulumi.com/docs/iac/concepts/assets-archives/",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  async check(resource, context) {
    const opened = await packageOf(resource, context);
    return "closed" in opened && opened.broken
      ? { found: `a broken package (${opened.closed})`, allowed: "a zip file or a folder" }
      : undefined;
  },
});
