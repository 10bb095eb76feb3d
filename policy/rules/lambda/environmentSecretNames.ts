import { resourceRule } from "../../lib/rule";

/** Names that hold secrets; a key's name or path (`MODEL_KEY`, `TOKEN_LIMIT`) is not one. */
const SECRET_NAME =
  /(^|_)(PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|SECRET|SECRET_KEY|ACCESS_KEY|API_?KEY|PRIVATE_KEY|TOKEN|CREDENTIALS)$/i;

/** `dbPassword` is `db_Password`. */
const inWords = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");

/** A secret's ARN, which the cure asks for. */
const isArn = (value: string) => /^arn:[\w-]+:(secretsmanager|ssm):/.test(value);

export const lambdaEnvironmentSecretNames = resourceRule({
  name: "lambda-environment-secret-names",
  title: "No variable of a function's environment is named after a secret",
  why: "Everyone who may read the function's configuration reads it, and it stays in every published version.",
  cure: "Keep it in Secrets Manager or Parameter Store and let the function's role read it, by its ARN here; change the secret.",
  severity: "high",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { environment } }) {
    const variables = environment?.variables ?? {};
    return Object.keys(variables)
      .filter((name) => SECRET_NAME.test(inWords(name)))
      .filter((name) => variables[name] !== "" && !isArn(variables[name] ?? ""))
      .map((name) => ({ found: `\`${name}\` holds a secret, by its name`, allowed: "no secrets" }));
  },
});
