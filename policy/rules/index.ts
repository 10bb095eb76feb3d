import type { Rule } from "../lib/rule";
import { forbidDataTrace } from "./apigateway/forbidDataTrace";
import { requireAccessLogs } from "./apigateway/requireAccessLogs";
import { requireApiTracing } from "./apigateway/requireApiTracing";
import { requireAuthorization } from "./apigateway/requireAuthorization";
import { requireClientCertificate } from "./apigateway/requireClientCertificate";
import { requireDeploymentLast } from "./apigateway/requireDeploymentLast";
import { requireDeploymentTriggers } from "./apigateway/requireDeploymentTriggers";
import { requireEncryptedCache } from "./apigateway/requireEncryptedCache";
import { requireExecutionLogs } from "./apigateway/requireExecutionLogs";
import { requireRequestValidation } from "./apigateway/requireRequestValidation";
import { requireThrottling } from "./apigateway/requireThrottling";
import { requireTls } from "./apigateway/requireTls";
import { requireWaf } from "./apigateway/requireWaf";
import { requireAlarmAction } from "./cloudwatch/requireAlarmAction";
import { requireLogKey } from "./cloudwatch/requireLogKey";
import { requireRetention } from "./cloudwatch/requireRetention";
import { limitNfsSources } from "./efs/limitNfsSources";
import { limitThroughput } from "./efs/limitThroughput";
import { requireAllZones } from "./efs/requireAllZones";
import { requireBackup } from "./efs/requireBackup";
import { requireFileSystemEncryption } from "./efs/requireFileSystemEncryption";
import { requireMountTargets } from "./efs/requireMountTargets";
import { requireOwnKey } from "./efs/requireOwnKey";
import { requireOwnRoot } from "./efs/requireOwnRoot";
import { requireTransitEncryption } from "./efs/requireTransitEncryption";
import { requireUser } from "./efs/requireUser";
import { forbidBroadPolicies } from "./iam/forbidBroadPolicies";
import { forbidEscalation } from "./iam/forbidEscalation";
import { forbidMixedPolicies } from "./iam/forbidMixedPolicies";
import { forbidStarActions } from "./iam/forbidStarActions";
import { forbidStarResources } from "./iam/forbidStarResources";
import { limitTrust } from "./iam/limitTrust";
import { forbidPublicKey } from "./kms/forbidPublicKey";
import { requireRotation } from "./kms/requireRotation";
import { forbidOpenCors } from "./lambda/forbidOpenCors";
import { forbidPublicUrl } from "./lambda/forbidPublicUrl";
import { forbidSecretsInEnvironment } from "./lambda/forbidSecretsInEnvironment";
import { forbidSnapStart } from "./lambda/forbidSnapStart";
import { limitEnvironment } from "./lambda/limitEnvironment";
import { limitMemory } from "./lambda/limitMemory";
import { limitProvisionedConcurrency } from "./lambda/limitProvisionedConcurrency";
import { limitTimeout } from "./lambda/limitTimeout";
import { limitTimeoutBehindApi } from "./lambda/limitTimeoutBehindApi";
import { matchLayerArchitecture } from "./lambda/matchLayerArchitecture";
import { requireBothUrlPermissions } from "./lambda/requireBothUrlPermissions";
import { requireCodeSigning } from "./lambda/requireCodeSigning";
import { requireDescription } from "./lambda/requireDescription";
import { requireEnvironmentKey } from "./lambda/requireEnvironmentKey";
import { requireFailureDestination } from "./lambda/requireFailureDestination";
import { requireJsonLogs } from "./lambda/requireJsonLogs";
import { requireMountPath } from "./lambda/requireMountPath";
import { requireMountTargetsFirst } from "./lambda/requireMountTargetsFirst";
import { requireOwnLogGroup } from "./lambda/requireOwnLogGroup";
import { requirePermissionSource } from "./lambda/requirePermissionSource";
import { requireReservedConcurrency } from "./lambda/requireReservedConcurrency";
import { requireSupportedRuntime } from "./lambda/requireSupportedRuntime";
import { requireTelemetryOff } from "./lambda/requireTelemetryOff";
import { requireTracing } from "./lambda/requireTracing";
import { requireUrlQualifier } from "./lambda/requireUrlQualifier";
import { requireVpc } from "./lambda/requireVpc";
import { forbidBallast } from "./package/forbidBallast";
import { forbidSecrets } from "./package/forbidSecrets";
import { limitGlibc } from "./package/limitGlibc";
import { limitLayers } from "./package/limitLayers";
import { limitUnzippedSize } from "./package/limitUnzippedSize";
import { limitZippedSize } from "./package/limitZippedSize";
import { matchArchitecture } from "./package/matchArchitecture";
import { requireReadable } from "./package/requireReadable";
import { forbidAcls } from "./s3/forbidAcls";
import { forbidPublicPolicy } from "./s3/forbidPublicPolicy";
import { limitNotifications } from "./s3/limitNotifications";
import { requireBucketLogs } from "./s3/requireBucketLogs";
import { requireBucketTls } from "./s3/requireBucketTls";
import { requireEncryption } from "./s3/requireEncryption";
import { requireEvents } from "./s3/requireEvents";
import { requireKmsEncryption } from "./s3/requireKmsEncryption";
import { requireLifecycle } from "./s3/requireLifecycle";
import { requireObjectLock } from "./s3/requireObjectLock";
import { requirePublicAccessBlock } from "./s3/requirePublicAccessBlock";
import { requireReplication } from "./s3/requireReplication";
import { requireVersioning } from "./s3/requireVersioning";
import { limitExceptions } from "./stack/limitExceptions";
import { requireProtection } from "./stack/requireProtection";
import { requireTags } from "./stack/requireTags";
import { closeDefaultGroup } from "./vpc/closeDefaultGroup";
import { forbidMixedRules } from "./vpc/forbidMixedRules";
import { forbidOpenIngress } from "./vpc/forbidOpenIngress";
import { limitEgress } from "./vpc/limitEgress";
import { limitNatGateways } from "./vpc/limitNatGateways";
import { requireDescriptions } from "./vpc/requireDescriptions";
import { requireFlowLogs } from "./vpc/requireFlowLogs";
import { requirePrivateSubnets } from "./vpc/requirePrivateSubnets";
import { requireS3Endpoint } from "./vpc/requireS3Endpoint";

/** Every rule there is, by service; a test compares this with the folder. */
export const RULES: readonly Rule[] = [
  forbidBallast,
  forbidSecrets,
  limitGlibc,
  limitLayers,
  limitUnzippedSize,
  limitZippedSize,
  matchArchitecture,
  requireReadable,
  forbidOpenCors,
  forbidPublicUrl,
  forbidSecretsInEnvironment,
  forbidSnapStart,
  limitEnvironment,
  limitMemory,
  limitProvisionedConcurrency,
  limitTimeout,
  limitTimeoutBehindApi,
  matchLayerArchitecture,
  requireBothUrlPermissions,
  requireCodeSigning,
  requireDescription,
  requireEnvironmentKey,
  requireFailureDestination,
  requireJsonLogs,
  requireMountPath,
  requireMountTargetsFirst,
  requireOwnLogGroup,
  requirePermissionSource,
  requireReservedConcurrency,
  requireSupportedRuntime,
  requireTelemetryOff,
  requireTracing,
  requireUrlQualifier,
  requireVpc,
  forbidDataTrace,
  requireAccessLogs,
  requireApiTracing,
  requireAuthorization,
  requireClientCertificate,
  requireDeploymentLast,
  requireDeploymentTriggers,
  requireEncryptedCache,
  requireExecutionLogs,
  requireRequestValidation,
  requireThrottling,
  requireTls,
  requireWaf,
  forbidAcls,
  forbidPublicPolicy,
  limitNotifications,
  requireBucketLogs,
  requireBucketTls,
  requireEncryption,
  requireEvents,
  requireKmsEncryption,
  requireLifecycle,
  requireObjectLock,
  requirePublicAccessBlock,
  requireReplication,
  requireVersioning,
  limitNfsSources,
  limitThroughput,
  requireAllZones,
  requireBackup,
  requireFileSystemEncryption,
  requireMountTargets,
  requireOwnKey,
  requireOwnRoot,
  requireTransitEncryption,
  requireUser,
  closeDefaultGroup,
  forbidMixedRules,
  forbidOpenIngress,
  limitEgress,
  limitNatGateways,
  requireDescriptions,
  requireFlowLogs,
  requirePrivateSubnets,
  requireS3Endpoint,
  forbidBroadPolicies,
  forbidEscalation,
  forbidMixedPolicies,
  forbidStarActions,
  forbidStarResources,
  limitTrust,
  forbidPublicKey,
  requireRotation,
  requireAlarmAction,
  requireLogKey,
  requireRetention,
  limitExceptions,
  requireProtection,
  requireTags,
];
