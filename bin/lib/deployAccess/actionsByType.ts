// One file, although long: a table that is looked up by type, and never read through.
/**
 * The actions, in IAM's words, by which Pulumi's AWS provider deploys a resource of a type.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface TypeActions {
  /** To find out how it is. */
  readonly read: readonly string[];
  /** To create and delete it. */
  readonly write: readonly string[];
  /** To change it in place, beyond these. */
  readonly update?: readonly string[];
  /** Roles that it hands to a service: the property with the role's ARN, and the service. */
  readonly passes?: readonly [property: string, service: string];
}

const REST_PART: TypeActions = {
  read: ["apigateway:GET"],
  write: ["apigateway:DELETE", "apigateway:PUT"],
  update: ["apigateway:PATCH"],
};
const REST_OWNER: TypeActions = {
  read: ["apigateway:GET"],
  write: ["apigateway:DELETE", "apigateway:POST"],
  update: ["apigateway:PATCH", "apigateway:PUT"],
};
const BUCKET_OBJECT: TypeActions = {
  read: ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"],
  write: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions", "s3:PutObject"],
};
const RULE_READ = ["ec2:DescribeSecurityGroupRules"];

/** A setting of a bucket, which is deleted with it. */
const bucketSetting = (name: string): TypeActions => ({
  read: [`s3:Get${name}`, "s3:ListBucket"],
  write: [`s3:Put${name}`],
});

export const ACTIONS_BY_TYPE: Readonly<Record<string, TypeActions>> = {
  "aws:apigateway/account:Account": {
    read: ["apigateway:GET"],
    write: ["apigateway:PATCH"],
    passes: ["cloudwatchRoleArn", "apigateway.amazonaws.com"],
  },
  "aws:apigateway/deployment:Deployment": REST_OWNER,
  "aws:apigateway/integration:Integration": REST_PART,
  "aws:apigateway/method:Method": REST_PART,
  "aws:apigateway/methodSettings:MethodSettings": { read: ["apigateway:GET"], write: ["apigateway:PATCH"] },
  "aws:apigateway/resource:Resource": REST_OWNER,
  "aws:apigateway/response:Response": REST_PART,
  "aws:apigateway/restApi:RestApi": REST_OWNER,
  "aws:apigateway/restApiPolicy:RestApiPolicy": {
    read: ["apigateway:GET"],
    write: ["apigateway:PATCH", "apigateway:UpdateRestApiPolicy"],
  },
  "aws:apigateway/stage:Stage": REST_OWNER,
  "aws:appautoscaling/policy:Policy": {
    read: ["application-autoscaling:DescribeScalingPolicies"],
    write: ["application-autoscaling:DeleteScalingPolicy", "application-autoscaling:PutScalingPolicy"],
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    read: ["application-autoscaling:DescribeScheduledActions"],
    write: ["application-autoscaling:DeleteScheduledAction", "application-autoscaling:PutScheduledAction"],
  },
  "aws:appautoscaling/target:Target": {
    read: ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:ListTagsForResource"],
    write: [
      "application-autoscaling:DeregisterScalableTarget",
      "application-autoscaling:RegisterScalableTarget",
      "application-autoscaling:TagResource",
    ],
  },
  "aws:budgets/budget:Budget": {
    read: ["budgets:ListTagsForResource", "budgets:ViewBudget"],
    write: ["budgets:ModifyBudget", "budgets:TagResource"],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    read: ["cloudwatch:GetDashboard"],
    write: ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    write: ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
    update: ["cloudwatch:UntagResource"],
  },
  "aws:codedeploy/application:Application": {
    read: ["codedeploy:GetApplication", "codedeploy:ListTagsForResource"],
    write: ["codedeploy:CreateApplication", "codedeploy:DeleteApplication", "codedeploy:TagResource"],
    update: ["codedeploy:UntagResource", "codedeploy:UpdateApplication"],
  },
  "aws:codedeploy/deploymentGroup:DeploymentGroup": {
    read: ["codedeploy:GetDeploymentGroup", "codedeploy:ListTagsForResource"],
    write: ["codedeploy:CreateDeploymentGroup", "codedeploy:DeleteDeploymentGroup", "codedeploy:TagResource"],
    update: ["codedeploy:UntagResource", "codedeploy:UpdateDeploymentGroup"],
    passes: ["serviceRoleArn", "codedeploy.amazonaws.com"],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    write: ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"],
    update: ["logs:DeleteRetentionPolicy", "logs:UntagResource"],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    read: ["ec2:DescribeSecurityGroups"],
    write: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress", "ec2:CreateTags"],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/eip:Eip": {
    read: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"],
    write: ["ec2:AllocateAddress", "ec2:DisassociateAddress", "ec2:ReleaseAddress", "ec2:CreateTags"],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/flowLog:FlowLog": {
    read: ["ec2:DescribeFlowLogs"],
    write: ["ec2:CreateFlowLogs", "ec2:DeleteFlowLogs", "ec2:CreateTags"],
    update: ["ec2:DeleteTags"],
    passes: ["iamRoleArn", "vpc-flow-logs.amazonaws.com"],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    read: ["ec2:DescribeInternetGateways"],
    write: [
      "ec2:AttachInternetGateway",
      "ec2:CreateInternetGateway",
      "ec2:CreateTags",
      "ec2:DeleteInternetGateway",
      "ec2:DetachInternetGateway",
    ],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/natGateway:NatGateway": {
    read: ["ec2:DescribeNatGateways"],
    write: ["ec2:CreateNatGateway", "ec2:CreateTags", "ec2:DeleteNatGateway"],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/route:Route": {
    read: ["ec2:DescribeRouteTables"],
    write: ["ec2:CreateRoute", "ec2:DeleteRoute"],
    update: ["ec2:ReplaceRoute"],
  },
  "aws:ec2/routeTable:RouteTable": {
    read: ["ec2:DescribeRouteTables"],
    write: ["ec2:CreateRouteTable", "ec2:CreateTags", "ec2:DeleteRouteTable"],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    read: ["ec2:DescribeRouteTables"],
    write: ["ec2:AssociateRouteTable", "ec2:DisassociateRouteTable"],
    update: ["ec2:ReplaceRouteTableAssociation"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    // Network interfaces that functions left behind are looked for, and waited for, before it is deleted.
    read: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups"],
    write: [
      "ec2:CreateSecurityGroup",
      "ec2:CreateTags",
      "ec2:DeleteSecurityGroup",
      "ec2:RevokeSecurityGroupEgress",
    ],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/subnet:Subnet": {
    read: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
    write: ["ec2:CreateSubnet", "ec2:CreateTags", "ec2:DeleteSubnet", "ec2:ModifySubnetAttribute"],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/vpc:Vpc": {
    read: [
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcs",
    ],
    write: ["ec2:CreateTags", "ec2:CreateVpc", "ec2:DeleteVpc", "ec2:ModifyVpcAttribute"],
    update: ["ec2:DeleteTags"],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    read: ["ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"],
    write: ["ec2:CreateTags", "ec2:CreateVpcEndpoint", "ec2:DeleteVpcEndpoints"],
    update: ["ec2:DeleteTags", "ec2:ModifyVpcEndpoint"],
  },
  "aws:efs/accessPoint:AccessPoint": {
    read: ["elasticfilesystem:DescribeAccessPoints"],
    write: [
      "elasticfilesystem:CreateAccessPoint",
      "elasticfilesystem:DeleteAccessPoint",
      "elasticfilesystem:TagResource",
    ],
    update: ["elasticfilesystem:UntagResource"],
  },
  "aws:efs/backupPolicy:BackupPolicy": {
    read: ["elasticfilesystem:DescribeBackupPolicy"],
    write: ["elasticfilesystem:PutBackupPolicy"],
  },
  "aws:efs/fileSystem:FileSystem": {
    read: ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeLifecycleConfiguration"],
    write: [
      "elasticfilesystem:CreateFileSystem",
      "elasticfilesystem:DeleteFileSystem",
      "elasticfilesystem:PutLifecycleConfiguration",
      "elasticfilesystem:TagResource",
    ],
    update: ["elasticfilesystem:UntagResource", "elasticfilesystem:UpdateFileSystem"],
  },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": {
    read: ["elasticfilesystem:DescribeFileSystemPolicy"],
    write: ["elasticfilesystem:DeleteFileSystemPolicy", "elasticfilesystem:PutFileSystemPolicy"],
  },
  "aws:efs/mountTarget:MountTarget": {
    read: ["elasticfilesystem:DescribeMountTargetSecurityGroups", "elasticfilesystem:DescribeMountTargets"],
    // EFS makes its network interface in the caller's name.
    write: [
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "elasticfilesystem:CreateMountTarget",
      "elasticfilesystem:DeleteMountTarget",
    ],
    update: ["elasticfilesystem:ModifyMountTargetSecurityGroups"],
  },
  "aws:iam/role:Role": {
    read: [
      "iam:GetRole",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
    ],
    write: ["iam:CreateRole", "iam:DeleteRole", "iam:TagRole"],
    update: ["iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription"],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    read: ["iam:GetRolePolicy"],
    write: ["iam:DeleteRolePolicy", "iam:PutRolePolicy"],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    read: ["iam:ListAttachedRolePolicies"],
    write: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
  },
  "aws:lambda/alias:Alias": {
    read: ["lambda:GetAlias"],
    write: ["lambda:CreateAlias", "lambda:DeleteAlias"],
    update: ["lambda:UpdateAlias"],
  },
  "aws:lambda/function:Function": {
    read: [
      "lambda:GetFunction",
      "lambda:GetFunctionCodeSigningConfig",
      "lambda:ListVersionsByFunction",
      // Of a function in a VPC.
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ],
    write: ["lambda:CreateFunction", "lambda:DeleteFunction", "lambda:GetLayerVersion", "lambda:TagResource"],
    update: [
      "lambda:DeleteFunctionConcurrency",
      "lambda:GetFunctionConfiguration",
      "lambda:PublishVersion",
      "lambda:PutFunctionConcurrency",
      "lambda:UntagResource",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
    ],
    passes: ["role", "lambda.amazonaws.com"],
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    read: ["lambda:GetFunctionEventInvokeConfig"],
    write: ["lambda:DeleteFunctionEventInvokeConfig", "lambda:PutFunctionEventInvokeConfig"],
  },
  "aws:lambda/functionRecursionConfig:FunctionRecursionConfig": {
    read: ["lambda:GetFunctionRecursionConfig"],
    write: ["lambda:PutFunctionRecursionConfig"],
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    read: ["lambda:GetFunctionUrlConfig"],
    // One without authorization gets its permission with it.
    write: ["lambda:AddPermission", "lambda:CreateFunctionUrlConfig", "lambda:DeleteFunctionUrlConfig"],
    update: ["lambda:UpdateFunctionUrlConfig"],
  },
  "aws:lambda/invocation:Invocation": { read: [], write: ["lambda:InvokeFunction"] },
  "aws:lambda/layerVersion:LayerVersion": {
    read: ["lambda:GetLayerVersion"],
    write: ["lambda:DeleteLayerVersion", "lambda:PublishLayerVersion"],
  },
  "aws:lambda/permission:Permission": {
    read: ["lambda:GetPolicy"],
    write: ["lambda:AddPermission", "lambda:RemovePermission"],
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    read: ["lambda:GetProvisionedConcurrencyConfig"],
    write: ["lambda:DeleteProvisionedConcurrencyConfig", "lambda:PutProvisionedConcurrencyConfig"],
  },
  "aws:s3/bucket:Bucket": {
    read: [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
    ],
    write: ["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging"],
    // With `forceDestroy`.
    update: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": bucketSetting("BucketCORS"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting("LifecycleConfiguration"),
  "aws:s3/bucketNotification:BucketNotification": bucketSetting("BucketNotification"),
  "aws:s3/bucketObjectv2:BucketObjectv2": BUCKET_OBJECT,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting("BucketOwnershipControls"),
  "aws:s3/bucketPolicy:BucketPolicy": {
    read: ["s3:GetBucketPolicy"],
    write: ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting("BucketPublicAccessBlock"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting("EncryptionConfiguration"),
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("BucketVersioning"),
  "aws:sns/topic:Topic": {
    read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    write: ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:TagResource"],
    update: ["sns:UntagResource"],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    read: ["sns:GetTopicAttributes"],
    write: ["sns:SetTopicAttributes"],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    read: ["sns:GetSubscriptionAttributes"],
    write: ["sns:SetSubscriptionAttributes", "sns:Subscribe", "sns:Unsubscribe"],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    read: RULE_READ,
    write: ["ec2:AuthorizeSecurityGroupEgress", "ec2:CreateTags", "ec2:RevokeSecurityGroupEgress"],
    update: ["ec2:DeleteTags", "ec2:ModifySecurityGroupRules"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    read: RULE_READ,
    write: ["ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags", "ec2:RevokeSecurityGroupIngress"],
    update: ["ec2:DeleteTags", "ec2:ModifySecurityGroupRules"],
  },
};

/** Actions of the functions that the program calls: a region's zones, S3's prefix list. */
export const LOOK_UPS = [
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeManagedPrefixLists",
  "ec2:GetManagedPrefixListEntries",
];
