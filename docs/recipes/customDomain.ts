import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface CustomDomain {
  /** E.g. `models.example.com`. */
  readonly domainName: string;
  /** A certificate of ACM's in the stack's region, issued for the domain. */
  readonly certificateArn: string;
}

/**
 * Gives the REST API a domain of yours. Call it behind `const api` in `index.ts`, and point the domain to what it returns:
 * an alias record in Route 53, a CNAME elsewhere. The API's own address goes on answering, for the contract suite.
 */
export function customDomain(
  stage: aws.apigateway.Stage,
  { domainName, certificateArn }: CustomDomain,
  tags: Readonly<Record<string, string>>,
): { readonly name: pulumi.Output<string>; readonly zoneId: pulumi.Output<string> } {
  const domain = new aws.apigateway.DomainName("domain", {
    domainName,
    regionalCertificateArn: certificateArn,
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: "TLS_1_2",
    tags,
  });
  new aws.apigateway.BasePathMapping("domain", {
    domainName: domain.domainName,
    restApi: stage.restApi,
    stageName: stage.stageName,
  });
  return { name: domain.regionalDomainName, zoneId: domain.regionalZoneId };
}
