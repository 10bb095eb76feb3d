import type { Judged } from "../../lib/resourceTypes";
import { resourceRule } from "../../lib/rule";
import { allowedBy, isForEveryone } from "../../lib/statements";

const TYPES = [
  "aws:apigateway/restApi:RestApi",
  "aws:apigateway/restApiPolicy:RestApiPolicy",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy",
  "aws:lambda/layerVersionPermission:LayerVersionPermission",
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
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
    return allowedBy(documentOf(resource))
      .filter(isForEveryone)
      .map(({ actions }) => ({ found: `${actions.join(", ")} for everyone`, allowed: "principals by name" }));
  },
});

function documentOf({ props }: Judged<(typeof TYPES)[number]>): unknown {
  if ("policyDocument" in props) return props.policyDocument;
  return "policy" in props ? props.policy : undefined;
}
