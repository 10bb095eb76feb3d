import { resourceRule } from "../../lib/rule";

export const lambdaSnapstart = resourceRule({
  name: "lambda-snapstart",
  title: "SnapStart is asked for only where there is any",
  why: "AWS refuses it for Node.js, together with a file system, and with more than 512 MB of /tmp.",
  cure: "Remove `snapStart`.",
  severity: "medium",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { snapStart, runtime = "", fileSystemConfig, ephemeralStorage } }) {
    if (snapStart?.applyOn !== "PublishedVersions") return undefined;
    const tmp = ephemeralStorage?.size ?? 512;
    const against = [
      runtime.startsWith("nodejs") ? `runtime ${runtime}` : [],
      fileSystemConfig ? "a file system" : [],
      tmp > 512 ? `${tmp} MB of /tmp` : [],
    ].flat();
    if (against.length === 0) return undefined;
    return { found: `SnapStart with ${against.join(", ")}`, allowed: "no SnapStart" };
  },
});
