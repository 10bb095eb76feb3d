import { stackRule } from "../../lib/rule";

export const lambdaUrlPermissions = stackRule({
  name: "lambda-url-permissions",
  title: "A public function URL has both permissions, on its own qualifier",
  why: "Since October 2025 AWS asks for `lambda:InvokeFunctionUrl` and for `lambda:InvokeFunction` via the URL; with only one of them, or on another qualifier, every caller gets 403.",
  cure: "Make both Permissions (`functionUrlAuthType`, `invokedViaFunctionUrl`) with the URL's own `qualifier`.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  check(url, { stack }) {
    if (url.props.authorizationType !== "NONE") return undefined;
    const [fn] = stack.references(url, "aws:lambda/function:Function", "functionName");
    const permissions = fn ? stack.referring(fn, "aws:lambda/permission:Permission", "function") : [];
    const own = permissions
      .map(({ props }) => props)
      .filter(({ qualifier, principal }) => qualifier === url.props.qualifier && principal === "*");
    const missing = [
      own.some(
        ({ action, functionUrlAuthType }) =>
          action === "lambda:InvokeFunctionUrl" && functionUrlAuthType === "NONE",
      )
        ? []
        : "lambda:InvokeFunctionUrl",
      own.some(
        ({ action, invokedViaFunctionUrl }) => action === "lambda:InvokeFunction" && invokedViaFunctionUrl,
      )
        ? []
        : "lambda:InvokeFunction",
    ].flat();
    if (missing.length === 0) return undefined;
    return {
      found: `no permission for ${missing.join(" and ")} on qualifier ${url.props.qualifier ?? "(none)"}`,
      allowed: "both permissions",
    };
  },
});
