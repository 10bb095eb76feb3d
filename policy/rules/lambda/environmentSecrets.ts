import { resourceRule } from "../../lib/rule";
import { secretByForm } from "../../lib/secretIn";

export const lambdaEnvironmentSecrets = resourceRule({
  name: "lambda-environment-secrets",
  title: "A function's environment holds no secrets",
  why: "Everyone who may read the function's configuration reads them, and they stay in every published version.",
  cure: "Keep it in Secrets Manager or Parameter Store and let the function's role read it, by its ARN here; change the secret.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  controls: ["CKV_AWS_45"],
  types: ["aws:lambda/function:Function"],
  check({ props: { environment } }) {
    return Object.entries(environment?.variables ?? {}).flatMap(([name, value]) => {
      const what = secretByForm(value);
      return what === undefined ? [] : [{ found: `\`${name}\` holds ${what}`, allowed: "no secrets" }];
    });
  },
});
