import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Encrypts what the stack stores (objects, models on the volume, logs, functions' environments) with a key of its own,
 * about 1 USD a month and 0.03 USD for 10,000 uses. Call it before the first resource of `index.ts`.
 */
export function ownKeys(tags: Readonly<Record<string, string>>): void {
  const key = new aws.kms.Key("own-key", {
    description: `What ${pulumi.getProject()}/${pulumi.getStack()} stores`,
    enableKeyRotation: true,
    policy: keyPolicy(),
    tags,
  });
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    const encrypt = ENCRYPT[type];
    return encrypt && { props: { ...props, ...encrypt(key) }, opts };
  });
}

const ENCRYPT: Readonly<Record<string, (key: aws.kms.Key) => object>> = {
  "aws:cloudwatch/logGroup:LogGroup": ({ arn }) => ({ kmsKeyId: arn }),
  // A file system that is there already is replaced: its key cannot be changed.
  "aws:efs/fileSystem:FileSystem": ({ arn }) => ({ kmsKeyId: arn }),
  "aws:lambda/function:Function": ({ arn }) => ({ kmsKeyArn: arn }),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ({ arn }) => ({
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: arn },
        // One use of the key for many objects.
        bucketKeyEnabled: true,
      },
    ],
  }),
};

/** Roles need no permission of their own: the services use the key for whoever of this account asks them. */
function keyPolicy(): pulumi.Output<string> {
  const { accountId } = aws.getCallerIdentityOutput();
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  const use = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
  const services = ["elasticfilesystem", "lambda", "s3"];
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "ThroughServices",
        Effect: "Allow",
        Principal: { AWS: "*" },
        // EFS makes grants for its file systems.
        Action: [...use, "kms:CreateGrant"],
        Resource: "*",
        Condition: {
          StringEquals: {
            "kms:CallerAccount": accountId,
            "kms:ViaService": services.map(
              (service) => pulumi.interpolate`${service}.${region}.amazonaws.com`,
            ),
          },
        },
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
        Action: use,
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:/${pulumi.getProject()}/${pulumi.getStack()}/*`,
          },
        },
      },
    ],
  });
}
