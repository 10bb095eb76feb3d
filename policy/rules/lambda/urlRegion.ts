import { stackRule } from "../../lib/rule";
import { leftOut } from "../../lib/unknownValues";

export const lambdaUrlRegion = stackRule({
  name: "lambda-url-region",
  title: "A function URL is in a region that offers them",
  why: "AWS refuses it elsewhere, after the functions are made.",
  cure: "Set `aws:region` to another one, or call the functions only through the REST API; shorten this rule's list when AWS does.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html",
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  // The note at the top of that page, in November 2026.
  limits: {
    regionsWithout: [
      "ap-east-2",
      "ap-south-2",
      "ap-southeast-4",
      "ap-southeast-5",
      "ap-southeast-6",
      "ap-southeast-7",
      "ca-west-1",
      "eu-central-2",
      "eu-south-2",
      "il-central-1",
      "me-central-1",
    ],
  },
  check({ props: { region } }, { limits: { regionsWithout } }) {
    if (region === undefined) throw leftOut("region");
    return regionsWithout.includes(region)
      ? { found: `a function URL in ${region}`, allowed: "regions that offer them" }
      : undefined;
  },
});
