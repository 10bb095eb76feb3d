import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A permission of a role, as one statement of its policy. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly pulumi.Input<string>[];
  /** IAM condition block, e.g. `{ StringLike: { "s3:prefix": ["models/*"] } }`. */
  readonly condition?: aws.iam.PolicyStatement["Condition"];
}

/** Writes an IAM policy document as JSON; its statements are typed, so that a mistyped element fails `tsc`. */
export function policyDocument(...statements: readonly aws.iam.PolicyStatement[]): pulumi.Output<string> {
  const document: aws.iam.PolicyDocument = { Version: "2012-10-17", Statement: [...statements] };
  return pulumi.jsonStringify(document);
}

export function allow({ actions, resources, condition }: Grant): aws.iam.PolicyStatement {
  return { Effect: "Allow", Action: [...actions], Resource: [...resources], Condition: condition };
}
