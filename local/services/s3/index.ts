/** Front door: the local S3. */
export { ACTIONS } from "./routes";
export type { S3Event } from "./s3Event";
export { S3Service } from "./s3Service";
