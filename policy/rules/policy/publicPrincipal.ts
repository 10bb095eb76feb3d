import type { Judged } from "../../lib/resourceTypes";
import { resourceRule } from "../../lib/rule";
import { allowedBy, isForEveryone } from "../../lib/statements";

const TYPES = [
  "aws:acmpca/policy:Policy",
  "aws:apigateway/restApi:RestApi",
  "aws:apigateway/restApiPolicy:RestApiPolicy",
  "aws:backup/vaultPolicy:VaultPolicy",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
  "aws:dynamodb/resourcePolicy:ResourcePolicy",
  "aws:ecr/registryPolicy:RegistryPolicy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy",
  "aws:elasticsearch/domain:Domain",
  "aws:elasticsearch/domainPolicy:DomainPolicy",
  "aws:glacier/vault:Vault",
  "aws:glue/resourcePolicy:ResourcePolicy",
  "aws:kinesis/resourcePolicy:ResourcePolicy",
  "aws:lambda/layerVersionPermission:LayerVersionPermission",
  "aws:msk/clusterPolicy:ClusterPolicy",
  "aws:opensearch/domain:Domain",
  "aws:opensearch/domainPolicy:DomainPolicy",
  "aws:redshift/resourcePolicy:ResourcePolicy",
  "aws:redshiftserverless/resourcePolicy:ResourcePolicy",
  "aws:s3/accessPoint:AccessPoint",
  "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy",
  "aws:s3control/accessPointPolicy:AccessPointPolicy",
  "aws:s3control/bucketPolicy:BucketPolicy",
  "aws:s3tables/tableBucketPolicy:TableBucketPolicy",
  "aws:s3tables/tablePolicy:TablePolicy",
  "aws:schemas/registryPolicy:RegistryPolicy",
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  "aws:ses/identityPolicy:IdentityPolicy",
  "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy",
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:xray/resourcePolicy:ResourcePolicy",
] as const;

export const policyPublicPrincipal = resourceRule({
  name: "policy-public-principal",
  title: "A resource's policy allows nothing to everyone",
  why: "Principal `*` is every account in the world, unless a condition says who: one for TLS does not.",
  cure: "Name the principals, or give a condition that does, e.g. `aws:SourceArn` or `aws:PrincipalOrgID`.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  controls: ["CKV_AWS_168", "CKV_AWS_169", "CKV_AWS_32"],
  types: TYPES,
  check(resource) {
    if (resource.type === "aws:lambda/layerVersionPermission:LayerVersionPermission") {
      const { principal, organizationId } = resource.props;
      return principal === "*" && organizationId === undefined
        ? { found: "a layer for everyone", allowed: "an account or an organization" }
        : undefined;
    }
    return (
      allowedBy(documentOf(resource))
        .filter(isForEveryone)
        // An API's own CORS preflights, which browsers do not sign.
        .filter(({ resources }) => resources.length === 0 || !resources.every(isPreflight))
        .map(({ actions }) => ({
          found: `${actions.join(", ")} for everyone`,
          allowed: "principals by name",
        }))
    );
  },
});

function isPreflight(resource: string): boolean {
  return /^(execute-api:|arn:[\w-]+:execute-api:)[^*]*\/(\*|[\w-]+)\/OPTIONS\//.test(resource);
}

/** The names that services give the property in which the document is. */
const DOCUMENTS = ["policy", "policyDocument", "accessPolicy", "accessPolicies", "resourcePolicy"] as const;

function documentOf({ props }: Judged<(typeof TYPES)[number]>): unknown {
  const property = DOCUMENTS.find((name) => name in props);
  return property && (props as Partial<Record<typeof property, unknown>>)[property];
}
