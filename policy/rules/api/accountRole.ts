import { stackRule } from "../../lib/rule";

export const apiAccountRole = stackRule({
  name: "api-account-role",
  title: "An API that logs is in an account whose API Gateway may write logs",
  why: "Without the region's CloudWatch role AWS refuses the stage's logs in the middle of the deployment.",
  cure: "Make an `aws.apigateway.Account` with the role that the stage waits for, or know that another stack has it.",
  severity: "low",
  tier: "advice",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  types: ["aws:apigateway/methodSettings:MethodSettings", "aws:apigateway/stage:Stage"],
  check(resource, { stack }) {
    const logs =
      resource.type === "aws:apigateway/stage:Stage"
        ? resource.props.accessLogSettings !== undefined
        : !["OFF", undefined].includes(resource.props.settings.loggingLevel);
    if (!logs) return undefined;
    const [account] = stack.ofType("aws:apigateway/account:Account");
    if (account === undefined)
      return { found: "logs, and no account role of the stack", allowed: "an Account" };
    const [stage] = resource.type === "aws:apigateway/stage:Stage" ? [resource] : [];
    return stage === undefined || stack.dependsOn(stage, account)
      ? undefined
      : { found: "a stage that may be made before the account's role", allowed: "one that depends on it" };
  },
});
