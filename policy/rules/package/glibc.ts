import { packagesOf } from "../../lib/packages/packageOf";
import { compareVersions } from "../../lib/packages/readElf";
import { stackRule } from "../../lib/rule";

export const packageGlibc = stackRule({
  name: "package-glibc",
  title: "Native libraries need no newer glibc than the runtime has",
  why: "A library built on a newer system fails to load with `version GLIBC_… not found`, in the first request.",
  cure: "Take a build made for an older system (manylinux, or built on Amazon Linux), or a newer runtime.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  types: ["aws:lambda/function:Function"],
  // Amazon Linux 2023 has 2.34, Amazon Linux 2 has 2.26.
  limits: {
    runtimes: [
      ...["nodejs20.x 2.34", "nodejs22.x 2.34", "nodejs24.x 2.34", "nodejs18.x 2.26"],
      ...[
        "python3.9 2.26",
        "python3.10 2.26",
        "python3.11 2.26",
        "python3.12 2.34",
        "python3.13 2.34",
        "python3.14 2.34",
      ],
      ...[
        "java17 2.26",
        "java21 2.34",
        "java25 2.34",
        "ruby3.3 2.34",
        "ruby3.4 2.34",
        "provided.al2 2.26",
        "provided.al2023 2.34",
      ],
    ] as readonly string[],
  },
  async check(fn, context) {
    const runtime = fn.props.runtime;
    const has = context.limits.runtimes.find((line) => line.startsWith(`${runtime} `))?.split(" ")[1];
    const needs = (await packagesOf(fn, context)).flatMap((one) =>
      one.package.files.flatMap(({ path, native }) =>
        native?.format === "ELF" && native.glibc !== undefined
          ? [{ file: `${one.name}: ${path}`, glibc: native.glibc }]
          : [],
      ),
    );
    return needs
      .filter(({ glibc }) => has === undefined || compareVersions(glibc, has) > 0)
      .map(({ file, glibc }) => ({
        found: `${file} needs glibc ${glibc}`,
        allowed:
          has === undefined
            ? `nothing: the glibc of ${runtime} is not in this rule's list`
            : `at most ${has} (${runtime})`,
      }));
  },
});
