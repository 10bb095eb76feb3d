import type { GatewayService } from "./gateway/gatewayService";
import type { IamService } from "./iam/iamService";
import type { LambdaService } from "./lambda/lambdaService";
import type { NetworkService } from "./network/networkService";
import type { S3Service } from "./s3/s3Service";
import type { VolumeService } from "./volume/volumeService";

/** The services of the local cloud, as resource types see them. */
export interface Cloud {
  readonly gateway: GatewayService;
  readonly iam: IamService;
  readonly lambda: LambdaService;
  readonly network: NetworkService;
  readonly s3: S3Service;
  readonly volume: VolumeService;
}
