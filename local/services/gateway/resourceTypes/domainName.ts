import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, refused, required, served } from "../../../resources/treatment";
import { preview } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";

const NO_TLS = "the local gateway speaks HTTP";
const PRIVATE = "there are no private domains here";

/** A domain of an API's own, imitated: the API is at its local address. */
export const domainName = defineType<typeof aws.apigateway.DomainName, GatewayService>(
  "aws:apigateway/domainName:DomainName",
  {
    properties: {
      certificateArn: inert(NO_TLS),
      certificateBody: inert(NO_TLS),
      certificateChain: inert(NO_TLS),
      certificateName: inert(NO_TLS),
      certificatePrivateKey: inert(NO_TLS),
      domainName: required,
      endpointAccessMode: inert(NO_TLS),
      endpointConfiguration: inert("one machine has one address"),
      mutualTlsAuthentication: inert(NO_TLS),
      ownershipVerificationCertificateArn: inert(NO_TLS),
      policy: refused(PRIVATE),
      region: served,
      regionalCertificateArn: inert(NO_TLS),
      regionalCertificateName: inert(NO_TLS),
      routingMode: inert("a domain leads nowhere here"),
      securityPolicy: inert(NO_TLS),
      tags: inertTags,
    },
    replaceOn: ["domainName"],
    outputs(inputs, _resource, { region }) {
      const { domainName } = inputs;
      return {
        id: String(domainName),
        arn: preview`arn:aws:apigateway:${region}::/domainnames/${domainName}`,
        certificateUploadDate: "",
        cloudfrontDomainName: "",
        cloudfrontZoneId: "",
        domainNameId: "",
        endpointConfiguration: {
          ipAddressType: "ipv4",
          types: "REGIONAL",
          ...(inputs.endpointConfiguration as object),
        },
        ownershipVerificationCertificateArn: inputs.ownershipVerificationCertificateArn ?? "",
        regionalDomainName: preview`d-local.execute-api.${region}.amazonaws.com`,
        regionalZoneId: "ZLOCAL",
        routingMode: inputs.routingMode ?? "API_MAPPING_ONLY",
        securityPolicy: inputs.securityPolicy ?? "TLS_1_2",
        tagsAll: inputs.tags ?? {},
      };
    },
  },
);

/** Which API a domain is for. */
export const basePathMapping = defineType<typeof aws.apigateway.BasePathMapping, GatewayService>(
  "aws:apigateway/basePathMapping:BasePathMapping",
  {
    properties: {
      basePath: inert("a domain leads nowhere here"),
      domainName: required,
      domainNameId: refused(PRIVATE),
      region: served,
      restApi: required,
      stageName: inert("a domain leads nowhere here"),
    },
    replaceOn: ["domainName"],
    outputs: ({ domainName, basePath }) => ({ id: `${String(domainName)}/${String(basePath ?? "(none)")}` }),
  },
);
