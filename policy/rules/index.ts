import type { Rule } from "../lib/rule";
import { forbidDataTrace } from "./apigateway/forbidDataTrace";
import { forbidDeleteFirst } from "./apigateway/forbidDeleteFirst";
import { requireAccessLogs } from "./apigateway/requireAccessLogs";
import { requireApiTracing } from "./apigateway/requireApiTracing";
import { requireAuthorization } from "./apigateway/requireAuthorization";
import { requireCaching } from "./apigateway/requireCaching";
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
import { requirePrivateTargets } from "./efs/requirePrivateTargets";
import { requireTransitEncryption } from "./efs/requireTransitEncryption";
import { requireUser } from "./efs/requireUser";
import { forbidBroadPolicies } from "./iam/forbidBroadPolicies";
import { forbidEscalation } from "./iam/forbidEscalation";
import { forbidInlinePolicies } from "./iam/forbidInlinePolicies";
import { forbidStarActions } from "./iam/forbidStarActions";
import { forbidStarResources } from "./iam/forbidStarResources";
import { limitOidcTrust } from "./iam/limitOidcTrust";
import { limitTrust } from "./iam/limitTrust";
import { forbidPublicKey } from "./kms/forbidPublicKey";
import { requireRotation } from "./kms/requireRotation";
import { forbidMixedPermissions } from "./lambda/forbidMixedPermissions";
import { forbidOpenCors } from "./lambda/forbidOpenCors";
import { forbidPublicUrl } from "./lambda/forbidPublicUrl";
import { forbidSecretsInEnvironment } from "./lambda/forbidSecretsInEnvironment";
import { forbidSnapStart } from "./lambda/forbidSnapStart";
import { limitEnvironment } from "./lambda/limitEnvironment";
import { limitLogLevel } from "./lambda/limitLogLevel";
import { limitMemory } from "./lambda/limitMemory";
import { limitProvisionedConcurrency } from "./lambda/limitProvisionedConcurrency";
import { limitTimeout } from "./lambda/limitTimeout";
import { limitTimeoutBehindApi } from "./lambda/limitTimeoutBehindApi";
import { limitUrlRegions } from "./lambda/limitUrlRegions";
import { matchLayerArchitecture } from "./lambda/matchLayerArchitecture";
import { requireBothUrlPermissions } from "./lambda/requireBothUrlPermissions";
import { requireCodeSigning } from "./lambda/requireCodeSigning";
import { requireDescription } from "./lambda/requireDescription";
import { requireEnvironmentKey } from "./lambda/requireEnvironmentKey";
import { requireFailureDestination } from "./lambda/requireFailureDestination";
import { requireJsonLogs } from "./lambda/requireJsonLogs";
import { requireModelMemory } from "./lambda/requireModelMemory";
import { requireModelTmp } from "./lambda/requireModelTmp";
import { requireMountPath } from "./lambda/requireMountPath";
import { requireMountTargetsFirst } from "./lambda/requireMountTargetsFirst";
import { requireOwnLogGroup } from "./lambda/requireOwnLogGroup";
import { requirePermissionSource } from "./lambda/requirePermissionSource";
import { requirePinnedModel } from "./lambda/requirePinnedModel";
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
import { requireOneOnnxRuntime } from "./package/requireOneOnnxRuntime";
import { requireReadable } from "./package/requireReadable";
import { forbidAcls } from "./s3/forbidAcls";
import { forbidOlderBucket } from "./s3/forbidOlderBucket";
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
import { requireEndpointKey } from "./sagemaker/requireEndpointKey";
import { requireNetworkIsolation } from "./sagemaker/requireNetworkIsolation";
import { requireSeveralInstances } from "./sagemaker/requireSeveralInstances";
import { limitExceptions } from "./stack/limitExceptions";
import { requireProtection } from "./stack/requireProtection";
import { requireTags } from "./stack/requireTags";
import { closeDefaultGroup } from "./vpc/closeDefaultGroup";
import { emptyDefaultGroup } from "./vpc/emptyDefaultGroup";
import { forbidInlineRules } from "./vpc/forbidInlineRules";
import { forbidOpenIngress } from "./vpc/forbidOpenIngress";
import { forbidPublicAddresses } from "./vpc/forbidPublicAddresses";
import { limitEgress } from "./vpc/limitEgress";
import { limitNatGateways } from "./vpc/limitNatGateways";
import { requireDescriptions } from "./vpc/requireDescriptions";
import { requireFlowLogs } from "./vpc/requireFlowLogs";
import { requirePrivateSubnets } from "./vpc/requirePrivateSubnets";
import { requireS3Endpoint } from "./vpc/requireS3Endpoint";
import { requireSageMakerEndpoint } from "./vpc/requireSageMakerEndpoint";
import { requireUsedGroups } from "./vpc/requireUsedGroups";

/** Every rule there is, by service; a test compares this with the folder. */
export const RULES: readonly Rule[] = [
  forbidBallast,
  forbidSecrets,
  limitGlibc,
  limitLayers,
  limitUnzippedSize,
  limitZippedSize,
  matchArchitecture,
  requireOneOnnxRuntime,
  requireReadable,
  forbidMixedPermissions,
  forbidOpenCors,
  forbidPublicUrl,
  forbidSecretsInEnvironment,
  forbidSnapStart,
  limitEnvironment,
  limitLogLevel,
  limitMemory,
  limitProvisionedConcurrency,
  limitTimeout,
  limitTimeoutBehindApi,
  limitUrlRegions,
  matchLayerArchitecture,
  requireBothUrlPermissions,
  requireCodeSigning,
  requireDescription,
  requireEnvironmentKey,
  requireFailureDestination,
  requireJsonLogs,
  requireModelMemory,
  requireModelTmp,
  requireMountPath,
  requireMountTargetsFirst,
  requireOwnLogGroup,
  requirePermissionSource,
  requirePinnedModel,
  requireReservedConcurrency,
  requireSupportedRuntime,
  requireTelemetryOff,
  requireTracing,
  requireUrlQualifier,
  requireVpc,
  forbidDataTrace,
  forbidDeleteFirst,
  requireAccessLogs,
  requireApiTracing,
  requireAuthorization,
  requireCaching,
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
  forbidOlderBucket,
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
  requirePrivateTargets,
  requireTransitEncryption,
  requireUser,
  closeDefaultGroup,
  emptyDefaultGroup,
  forbidInlineRules,
  forbidOpenIngress,
  forbidPublicAddresses,
  limitEgress,
  limitNatGateways,
  requireDescriptions,
  requireFlowLogs,
  requirePrivateSubnets,
  requireS3Endpoint,
  requireSageMakerEndpoint,
  requireUsedGroups,
  forbidBroadPolicies,
  forbidEscalation,
  forbidInlinePolicies,
  forbidStarActions,
  forbidStarResources,
  limitOidcTrust,
  limitTrust,
  requireEndpointKey,
  requireNetworkIsolation,
  requireSeveralInstances,
  forbidPublicKey,
  requireRotation,
  requireAlarmAction,
  requireLogKey,
  requireRetention,
  limitExceptions,
  requireProtection,
  requireTags,
];
