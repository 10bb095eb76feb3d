import { resourceRule } from "../../lib/rule";

/** Those that Lambda sets and refuses: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED = [
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
];

export const lambdaReservedVariables = resourceRule({
  name: "lambda-reserved-variables",
  title: "A function's environment leaves Lambda's own variables alone",
  why: "AWS refuses the function in the middle of the deployment.",
  cure: "Give the variable a name of your own.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { environment } }) {
    const names = Object.keys(environment?.variables ?? {});
    return names.flatMap((name) => {
      if (RESERVED.includes(name))
        return [{ found: `\`${name}\`, which Lambda sets`, allowed: "other names" }];
      return /^[A-Za-z]\w+$/.test(name)
        ? []
        : [
            {
              found: `\`${name}\`, which is not a name of a variable`,
              allowed: "letters, digits and `_`, at least two",
            },
          ];
    });
  },
});
