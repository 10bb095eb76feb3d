/** Front door: the SageMaker runtime. */
export type { ModelEndpoint, ModelRequest } from "./modelEndpoint";
export { SageMakerError } from "./sageMakerError";
export { SageMakerService } from "./sageMakerService";
