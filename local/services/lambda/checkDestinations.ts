import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";

/** By the service in an ARN. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
  events: "EventBridge",
  lambda: "Lambda",
  sns: "SNS",
  sqs: "SQS",
};

/**
 * Throws for destinations that AWS refuses, and for those that the local cloud does not have: it knows buckets for
 * what failed, which AWS in turn takes for nothing else.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function checkDestinations(destinationConfig: Properties): void {
  for (const property of ["onFailure", "onSuccess"]) {
    const destination = read.text(read.object(destinationConfig, property), "destination");
    if (destination === undefined) continue;
    const name = `\`destinationConfig.${property}.destination\``;
    const [, , service = ""] = destination.split(":");
    const other = OTHER_KINDS[service];
    if (other !== undefined) {
      throw new Error(`${name} is in ${other}, and the local cloud sends records to S3 buckets alone`);
    }
    if (!/^arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(destination)) {
      throw new Error(
        `${name} "${destination}" must be the ARN of an SQS queue, SNS topic, S3 bucket, Lambda function or event bus`,
      );
    }
    if (property === "onSuccess") {
      throw new Error(`${name} is an S3 bucket, and Lambda sends records of failures alone to those`);
    }
  }
}
