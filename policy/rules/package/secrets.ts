import { filesOf, matching } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageSecrets = stackRule({
  name: "package-secrets",
  title: "A package holds no secrets",
  why: "Everyone who may read the function's code may read them, in every version that was ever published.",
  cure: "Take it out of the package, change the secret, and give the function's role access to what it was for.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  namedExceptionsOnly: true,
  limits: {
    patterns: [
      "(^|/)\\.env(\\.[^/]*)?$",
      "(^|/)\\.(npmrc|netrc|pgpass)$",
      "(^|/)\\.(aws|ssh)/",
      "\\.(key|p12|pfx|jks)$",
      "(^|/)id_(rsa|ecdsa|ed25519)$",
    ],
  },
  async check(resource, context) {
    const files = await filesOf(resource, context);
    const isForSecrets = matching(context.limits.patterns);
    return files.flatMap(({ path, secret }) => {
      const what = secret ?? (isForSecrets(path) ? "a file for secrets" : undefined);
      return what === undefined ? [] : [{ found: `${path} is or holds ${what}`, allowed: "no secrets" }];
    });
  },
});
