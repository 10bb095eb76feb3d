import { isVariableName, RESERVED_VARIABLES } from "@paddock/local/lambda-variables";
import { resourceRule } from "../../lib/rule";

export const lambdaReservedVariables = resourceRule({
  name: "lambda-reserved-variables",
  title: "A function's environment sets none of Lambda's own variables",
  why: "AWS refuses the function in the middle of the deployment.",
  cure: "Give the variable a name of your own.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { environment } }) {
    const names = Object.keys(environment?.variables ?? {});
    return names.flatMap((name) => {
      if (RESERVED_VARIABLES.has(name))
        return [{ found: `\`${name}\`, which Lambda sets`, allowed: "other names" }];
      return isVariableName(name)
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
