import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../arns";
import { policyDocument } from "../policyDocument";
import type { Settings } from "../settings";

/**
 * Who is told of alarms: an SNS topic with the e-mail address of the setting `alarmsTo`, which SNS asks to confirm. Without
 * an address, subscribers are added to the topic by hand.
 */
export class AlarmTopic extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { settings }: { settings: Settings }, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:AlarmTopic", name, {}, opts);
    const child = { parent: this };
    // Not encrypted: alarms cannot publish to a topic with AWS's own key, and a key of one's own is a dollar a month.
    const topic = new aws.sns.Topic(name, { tags: settings.tags }, child);
    const { accountId } = aws.getCallerIdentityOutput({}, child);
    // Known before the first deployment, and so is the policy.
    const arn = regionalArn("sns", topic.name, child);
    new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: policyDocument({
          Sid: "AlarmsAndBudgetsOfThisAccount",
          Effect: "Allow",
          Principal: { Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] },
          Action: "sns:Publish",
          Resource: arn,
          Condition: { StringEquals: { "aws:SourceAccount": accountId } },
        }),
      },
      { ...child, deletedWith: topic },
    );
    if (settings.alarmsTo?.includes("@")) {
      new aws.sns.TopicSubscription(
        name,
        { topic: topic.arn, protocol: "email", endpoint: settings.alarmsTo },
        { ...child, deletedWith: topic },
      );
    }
    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
