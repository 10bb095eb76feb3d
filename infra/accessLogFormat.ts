/**
 * A line of the REST API's access log, as JSON.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference
 */
export const ACCESS_LOG_FORMAT = {
  requestId: "$context.requestId",
  // AWS's support asks for it.
  extendedRequestId: "$context.extendedRequestId",
  requestTimeEpoch: "$context.requestTimeEpoch",
  sourceIp: "$context.identity.sourceIp",
  // Who signed; `-` where nobody has to.
  userArn: "$context.identity.userArn",
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  // Why the gateway rejected a request; `messageString` would bring quotes of its own, and none where there is no error.
  errorMessage: "$context.error.message",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationErrorMessage: "$context.integrationErrorMessage",
};
