/** Front door: the SageMaker runtime. */

export { AwsError } from "../../http/awsError";
export type { ModelEndpoint, ModelRequest } from "./modelEndpoint";
export { SageMakerService } from "./sageMakerService";
