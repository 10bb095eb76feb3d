import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

/** The resource types that rules judge, and the arguments each is declared with. */
export interface ResourceArgs {
  "aws:apigateway/account:Account": aws.apigateway.AccountArgs;
  "aws:apigateway/deployment:Deployment": aws.apigateway.DeploymentArgs;
  "aws:apigateway/domainName:DomainName": aws.apigateway.DomainNameArgs;
  "aws:apigateway/integration:Integration": aws.apigateway.IntegrationArgs;
  "aws:apigateway/method:Method": aws.apigateway.MethodArgs;
  "aws:apigateway/methodSettings:MethodSettings": aws.apigateway.MethodSettingsArgs;
  "aws:apigateway/restApi:RestApi": aws.apigateway.RestApiArgs;
  "aws:apigateway/restApiPolicy:RestApiPolicy": aws.apigateway.RestApiPolicyArgs;
  "aws:apigateway/stage:Stage": aws.apigateway.StageArgs;
  "aws:apigatewayv2/api:Api": aws.apigatewayv2.ApiArgs;
  "aws:apigatewayv2/route:Route": aws.apigatewayv2.RouteArgs;
  "aws:apigatewayv2/stage:Stage": aws.apigatewayv2.StageArgs;
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": aws.cloudwatch.EventBusPolicyArgs;
  "aws:cloudwatch/logGroup:LogGroup": aws.cloudwatch.LogGroupArgs;
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": aws.cloudwatch.LogResourcePolicyArgs;
  "aws:cloudwatch/metricAlarm:MetricAlarm": aws.cloudwatch.MetricAlarmArgs;
  "aws:ec2/defaultRouteTable:DefaultRouteTable": aws.ec2.DefaultRouteTableArgs;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": aws.ec2.DefaultSecurityGroupArgs;
  "aws:ec2/flowLog:FlowLog": aws.ec2.FlowLogArgs;
  "aws:ec2/internetGateway:InternetGateway": aws.ec2.InternetGatewayArgs;
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": aws.ec2.MainRouteTableAssociationArgs;
  "aws:ec2/natGateway:NatGateway": aws.ec2.NatGatewayArgs;
  "aws:ec2/networkAcl:NetworkAcl": aws.ec2.NetworkAclArgs;
  "aws:ec2/networkAclRule:NetworkAclRule": aws.ec2.NetworkAclRuleArgs;
  "aws:ec2/route:Route": aws.ec2.RouteArgs;
  "aws:ec2/routeTable:RouteTable": aws.ec2.RouteTableArgs;
  "aws:ec2/routeTableAssociation:RouteTableAssociation": aws.ec2.RouteTableAssociationArgs;
  "aws:ec2/securityGroup:SecurityGroup": aws.ec2.SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": aws.ec2.SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": aws.ec2.SubnetArgs;
  "aws:ec2/vpc:Vpc": aws.ec2.VpcArgs;
  "aws:ec2/vpcEndpoint:VpcEndpoint": aws.ec2.VpcEndpointArgs;
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": aws.ec2.VpcEndpointPolicyArgs;
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": aws.ec2.VpcEndpointRouteTableAssociationArgs;
  "aws:ecr/repositoryPolicy:RepositoryPolicy": aws.ecr.RepositoryPolicyArgs;
  "aws:efs/accessPoint:AccessPoint": aws.efs.AccessPointArgs;
  "aws:efs/backupPolicy:BackupPolicy": aws.efs.BackupPolicyArgs;
  "aws:efs/fileSystem:FileSystem": aws.efs.FileSystemArgs;
  "aws:efs/fileSystemPolicy:FileSystemPolicy": aws.efs.FileSystemPolicyArgs;
  "aws:efs/mountTarget:MountTarget": aws.efs.MountTargetArgs;
  "aws:iam/accessKey:AccessKey": aws.iam.AccessKeyArgs;
  "aws:iam/groupPolicy:GroupPolicy": aws.iam.GroupPolicyArgs;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": aws.iam.GroupPolicyAttachmentArgs;
  "aws:iam/policy:Policy": aws.iam.PolicyArgs;
  "aws:iam/policyAttachment:PolicyAttachment": aws.iam.PolicyAttachmentArgs;
  "aws:iam/role:Role": aws.iam.RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": aws.iam.RolePolicyArgs;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": aws.iam.RolePolicyAttachmentArgs;
  "aws:iam/user:User": aws.iam.UserArgs;
  "aws:iam/userPolicy:UserPolicy": aws.iam.UserPolicyArgs;
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": aws.iam.UserPolicyAttachmentArgs;
  "aws:kms/key:Key": aws.kms.KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": aws.kms.KeyPolicyArgs;
  "aws:lambda/alias:Alias": aws.lambda.AliasArgs;
  "aws:lambda/function:Function": aws.lambda.FunctionArgs;
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": aws.lambda.FunctionEventInvokeConfigArgs;
  "aws:lambda/functionUrl:FunctionUrl": aws.lambda.FunctionUrlArgs;
  "aws:lambda/layerVersion:LayerVersion": aws.lambda.LayerVersionArgs;
  "aws:lambda/layerVersionPermission:LayerVersionPermission": aws.lambda.LayerVersionPermissionArgs;
  "aws:lambda/permission:Permission": aws.lambda.PermissionArgs;
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": aws.lambda.ProvisionedConcurrencyConfigArgs;
  "aws:lambda/resourcePolicy:ResourcePolicy": aws.lambda.ResourcePolicyArgs;
  "aws:s3/bucket:Bucket": aws.s3.BucketArgs;
  "aws:s3/bucketAcl:BucketAcl": aws.s3.BucketAclArgs;
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": aws.s3.BucketCorsConfigurationArgs;
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": aws.s3.BucketLifecycleConfigurationArgs;
  "aws:s3/bucketLogging:BucketLogging": aws.s3.BucketLoggingArgs;
  "aws:s3/bucketNotification:BucketNotification": aws.s3.BucketNotificationArgs;
  "aws:s3/bucketObject:BucketObject": aws.s3.BucketObjectArgs;
  "aws:s3/bucketObjectv2:BucketObjectv2": aws.s3.BucketObjectv2Args;
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": aws.s3.BucketOwnershipControlsArgs;
  "aws:s3/bucketPolicy:BucketPolicy": aws.s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": aws.s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": aws.s3.BucketReplicationConfigArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": aws.s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketV2:BucketV2": aws.s3.BucketV2Args;
  "aws:s3/bucketVersioning:BucketVersioning": aws.s3.BucketVersioningArgs;
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": aws.s3.BucketWebsiteConfigurationArgs;
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": aws.sagemaker.EndpointConfigurationArgs;
  "aws:sagemaker/model:Model": aws.sagemaker.ModelArgs;
  "aws:secretsmanager/secret:Secret": aws.secretsmanager.SecretArgs;
  "aws:secretsmanager/secretPolicy:SecretPolicy": aws.secretsmanager.SecretPolicyArgs;
  "aws:sns/topic:Topic": aws.sns.TopicArgs;
  "aws:sns/topicPolicy:TopicPolicy": aws.sns.TopicPolicyArgs;
  "aws:sqs/queue:Queue": aws.sqs.QueueArgs;
  "aws:sqs/queuePolicy:QueuePolicy": aws.sqs.QueuePolicyArgs;
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": aws.vpc.SecurityGroupEgressRuleArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": aws.vpc.SecurityGroupIngressRuleArgs;
  "aws:wafv2/webAclAssociation:WebAclAssociation": aws.wafv2.WebAclAssociationArgs;
}

/** A type token as Pulumi has it, e.g. `aws:lambda/function:Function`. */
export type ResourceToken = keyof ResourceArgs;

/** A resource's properties as a rule reads them: any may be unknown in a preview, and then throws when it is read. */
export type PropertiesOf<T extends ResourceToken> = Unwrap<NonNullable<ResourceArgs[T]>>;

/** A resource as a resource rule sees it: its inputs, before anything is made of them. */
export type Judged<T extends ResourceToken> = {
  readonly [K in T]: {
    readonly type: K;
    readonly name: string;
    readonly urn: string;
    readonly props: PropertiesOf<K>;
    readonly protect: boolean;
    readonly deleteBeforeReplace: boolean;
    /** Settings of the provider it is made by: `region`, `defaultTags`. */
    readonly provider: Readonly<Record<string, unknown>>;
  };
}[T];
