import * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "./policyDocument";
import type { Settings } from "./settings";

/**
 * A gateway endpoint for S3, free of charge. It is created here because awsx attaches its own endpoints to no route
 * table. Its policy keeps a function that was taken over from copying what it reads into a bucket of someone else.
 */
export function createS3Endpoint(
  name: string,
  vpc: awsx.ec2.Vpc,
  { egress, tags }: Settings,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.VpcEndpoint {
  const region = aws.getRegionOutput({}, opts).region;
  return new aws.ec2.VpcEndpoint(
    name,
    {
      vpcId: vpc.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
      routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id))),
      policy: policyDocument(
        {
          Sid: "BucketsOfThisAccount",
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject", "s3:ListBucket", "s3:PutObject"],
          Resource: "*",
          Condition: {
            StringEquals: {
              "s3:ResourceAccount": aws.getCallerIdentityOutput({}, opts).accountId,
            },
          },
        },
        // The addresses of pictures that callers name may be S3's, too.
        ...(egress === "none"
          ? []
          : [
              {
                Sid: "PicturesOfCallers",
                Effect: "Allow" as const,
                Principal: "*" as const,
                Action: "s3:GetObject",
                Resource: "*",
              },
            ]),
      ),
      tags: tags,
    },
    opts,
  );
}
