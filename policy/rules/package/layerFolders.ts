import { filesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

/** Folders below /opt that runtimes look into. */
const FOLDERS = /^(nodejs|python|ruby|java|lib|bin|extensions|dotnetcore)\//;

export const packageLayerFolders = stackRule({
  name: "package-layer-folders",
  title: "A layer's files are in a folder that a runtime looks into",
  why: "Lambda unpacks a layer into /opt: `node_modules/` at its root is never found, `nodejs/node_modules/` is.",
  cure: "Put the files below `nodejs/`, `python/`, `lib/` or `bin/`.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html",
  types: ["aws:lambda/layerVersion:LayerVersion"],
  async check(layer, context) {
    const files = await filesOf(layer, context);
    if (files.length === 0) return undefined;
    if (files.some(({ path }) => FOLDERS.test(path))) return undefined;
    const roots = [...new Set(files.map(({ path }) => path.split("/")[0]))];
    return { found: `only ${roots.slice(0, 3).join(", ")}`, allowed: "nodejs/, python/, lib/, bin/" };
  },
});
