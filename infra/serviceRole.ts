import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "./policyDocument";
import type { Settings } from "./settings";

export interface ServiceRoleArgs {
  readonly settings: Settings;
  readonly description: string;
  /** Principal of the service that takes the role, e.g. `lambda.amazonaws.com`. */
  readonly service: string;
  /** IAM condition block of its trust policy. @default none */
  readonly condition?: aws.iam.PolicyStatement["Condition"];
}

/** Creates a role of a service of AWS, under the path and within the boundary that the settings say. */
export function createServiceRole(
  name: string,
  { settings, description, service, condition }: ServiceRoleArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  return new aws.iam.Role(
    name,
    {
      description,
      path: settings.rolePath,
      permissionsBoundary: settings.permissionsBoundary,
      assumeRolePolicy: policyDocument({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: service },
        Condition: condition,
      }),
      tags: settings.tags,
    },
    opts,
  );
}
