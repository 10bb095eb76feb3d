import { resourceRule } from "../../lib/rule";
import { secretIn } from "../../lib/secretIn";

/** Names that hold secrets; a key's name or path (`MODEL_KEY`, `TOKEN_LIMIT`) is none. */
const SECRET_NAME =
  /(^|_)(PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|SECRET|SECRET_KEY|ACCESS_KEY|API_?KEY|PRIVATE_KEY|TOKEN|CREDENTIALS)$/i;

/** `dbPassword` is `db_Password`. */
const inWords = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");

/** What the cure asks for: where the secret is. */
const isArn = (value: string) => /^arn:[\w-]+:(secretsmanager|ssm):/.test(value);

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
      const isNamed = SECRET_NAME.test(inWords(name)) && value !== "" && !isArn(value);
      const what = secretIn(value) ?? (isNamed ? "a secret, by its name" : undefined);
      return what === undefined ? [] : [{ found: `\`${name}\` holds ${what}`, allowed: "no secrets" }];
    });
  },
});
