import { resourceRule } from "../../lib/rule";
import { secretByForm } from "../../lib/secretIn";

/** An AWS secret access key has no form of its own: 40 characters, under a name that says what they are. */
const isSecretKey = (name: string, value: string) =>
  /secret|key|token/i.test(name) &&
  /^[A-Za-z0-9/+]{40}$/.test(value) &&
  [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(value));

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
      const what = secretByForm(value) ?? (isSecretKey(name, value) ? "an AWS secret access key" : undefined);
      return what === undefined ? [] : [{ found: `\`${name}\` holds ${what}`, allowed: "no secrets" }];
    });
  },
});
