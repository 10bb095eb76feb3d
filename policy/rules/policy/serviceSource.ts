import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

/** Services that act on behalf of whoever asks them, in any account. */
const DEPUTY = /^(s3|sns|events|cloudwatch|logs|ses|apigateway|config|cloudtrail)\.amazonaws\.com$/;

/** Condition keys that say on whose behalf. */
const SOURCE = /^aws:(sourcearn|sourceaccount|sourceorgid|sourceorgpaths|sourceowner|principalorgid)$/i;

export const policyServiceSource = resourceRule({
  name: "policy-service-source",
  title: "A policy that lets a service in says on whose behalf",
  why: "A service acts for every account: anyone can have S3 or SNS send to a queue that takes messages of the service only.",
  cure: "Give a condition on `aws:SourceArn` or `aws:SourceAccount`.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  types: [
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sqs/queuePolicy:QueuePolicy",
  ],
  check({ props: { policy } }) {
    return allowedBy(policy)
      .filter(({ conditions }) => !conditions.some(({ key }) => SOURCE.test(key)))
      .flatMap(({ principals }) => principals.filter(({ type, id }) => type === "Service" && DEPUTY.test(id)))
      .map(({ id }) => ({
        found: `${id} for any source`,
        allowed: "a source ARN or account",
      }));
  },
});
