/** The AWS SDK's client of Lambda: a file of its own in the archives of functions that call other functions. */
export { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
