/** The ARN by which API Gateway invokes a function: what an integration's `uri` is. */
export function invokeArn(functionArn: string, region: string): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}
