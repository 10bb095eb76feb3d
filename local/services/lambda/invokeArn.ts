import { preview, type Unknown } from "../../resources/value";

/** The ARN by which API Gateway invokes a function: what an integration's `uri` is. Unknown where one of its parts is. */
export function invokeArn<Text extends string | Unknown>(functionArn: Text, region: Text): Text {
  return preview`arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations` as Text;
}
