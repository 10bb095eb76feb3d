import { resourceRule } from "../../lib/rule";

export const lambdaUrlAuth = resourceRule({
  name: "lambda-url-auth",
  title: "A function URL asks for signatures",
  why: "With NONE everyone on the internet may call it, and the account pays for every call.",
  cure: "Set `authorizationType` to AWS_IAM (setting `paddock:functionUrlAuth`), or make an exception for this URL by name.",
  severity: "high",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  controls: ["CKV_AWS_258"],
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  check({ props: { authorizationType } }) {
    return authorizationType === "AWS_IAM"
      ? undefined
      : { found: `authorization ${authorizationType}`, allowed: "AWS_IAM" };
  },
});
