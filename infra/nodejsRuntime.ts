import * as aws from "@pulumi/aws";

/** The newest Node.js runtime that both AWS Lambda and @pulumi/aws support. */
export const NODEJS_RUNTIME = aws.lambda.Runtime.NodeJS24dX;
