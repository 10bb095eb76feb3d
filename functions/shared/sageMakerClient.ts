/** The AWS SDK's client of SageMaker endpoints: a file of its own in the archives of functions that ask one. */
export { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
