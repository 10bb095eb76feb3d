import type { CloudWatchService } from "../services/cloudwatch/cloudWatchService";
import type { GatewayService } from "../services/gateway/gatewayService";
import type { IamService } from "../services/iam/iamService";
import type { LambdaService } from "../services/lambda/lambdaService";
import type { NetworkService } from "../services/network/networkService";
import type { S3Service } from "../services/s3/s3Service";
import type { VolumeService } from "../services/volume/volumeService";

/** The services of the local cloud, as resource types see them. */
export interface Cloud {
  readonly cloudWatch: CloudWatchService;
  readonly gateway: GatewayService;
  readonly iam: IamService;
  readonly lambda: LambdaService;
  readonly network: NetworkService;
  readonly s3: S3Service;
  readonly volume: VolumeService;
}
