/** Of the AWS provider stood in for: the engine compares it with what the program's packages ask for. */
export const AWS_VERSION = (require("@pulumi/aws/package.json") as { version: string }).version;
