import type { GatewayService } from "./gateway/gatewayService";
import type { IamService } from "./iam/iamService";
import type { LambdaService } from "./lambda/lambdaService";
import type { S3Service } from "./s3/s3Service";

/** The services of the local cloud, as resource types see them. */
export interface Cloud {
  readonly gateway: GatewayService;
  readonly iam: IamService;
  readonly lambda: LambdaService;
  readonly s3: S3Service;
}
