import type { NativeFile } from "../../lib/packages/package";
import { packagesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageArchitecture = stackRule({
  name: "package-architecture",
  title: "Native libraries are for Linux and the function's architecture",
  why: "A library of another platform fails when it is first loaded, in the first request rather than in the deployment, and until then is only weight.",
  cure: "Package only the libraries of the function's platform (`paddock:platform`, `paddock:architecture`).",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html",
  types: ["aws:lambda/function:Function"],
  async check(fn, context) {
    const architecture = fn.props.architectures?.[0] ?? "x86_64";
    const packages = await packagesOf(fn, context);
    return packages.flatMap((one) =>
      one.package.files.flatMap(({ path, native }) => {
        const platform = native && platformOf(native);
        return platform === undefined || platform === architecture
          ? []
          : [{ found: `${one.name}: ${path} is ${platform}`, allowed: `ELF for ${architecture}` }];
      }),
    );
  },
});

function platformOf(native: NativeFile): string {
  switch (native.format) {
    case "ELF":
      return native.architecture;
    case "damaged":
      return native.reason;
    default:
      return `a library for ${native.format === "Mach-O" ? "macOS" : "Windows"}`;
  }
}
