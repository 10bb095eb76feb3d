import { packagesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageMusl = stackRule({
  name: "package-musl",
  title: "Native libraries are built for glibc",
  why: "A library built on Alpine fails to load on Lambda's Amazon Linux, in the first request.",
  cure: "Install the packages for `linux` with `--libc=glibc` (npm), or as manylinux wheels (pip).",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  types: ["aws:lambda/function:Function"],
  async check(fn, context) {
    return (await packagesOf(fn, context)).flatMap((one) =>
      one.package.files
        .filter(({ native }) => native?.format === "ELF" && native.musl)
        .map(({ path }) => ({ found: `${one.name}: ${path} is for musl`, allowed: "glibc" })),
    );
  },
});
