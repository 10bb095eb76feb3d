import { hash } from "node:crypto";
import type * as aws from "@pulumi/aws";
import { nameOf } from "../../resources/autoName";
import { defineType } from "../../resources/resourceType";
import { inert, inertTags, required, served } from "../../resources/treatment";
import { preview } from "../../resources/value";

const NOT_FILTERED = "requests to this machine pass no firewall";

/** A web ACL, imitated: it can be associated, and filters nothing. */
export const webAcl = defineType<typeof aws.wafv2.WebAcl>("aws:wafv2/webAcl:WebAcl", {
  properties: {
    associationConfig: inert(NOT_FILTERED),
    captchaConfig: inert(NOT_FILTERED),
    challengeConfig: inert(NOT_FILTERED),
    customResponseBodies: inert(NOT_FILTERED),
    dataProtectionConfig: inert(NOT_FILTERED),
    defaultAction: inert(NOT_FILTERED),
    description: inert("a text for people"),
    name: served,
    namePrefix: served,
    region: served,
    ruleJson: inert(NOT_FILTERED),
    rules: inert(NOT_FILTERED),
    scope: required,
    tags: inertTags,
    tokenDomains: inert(NOT_FILTERED),
    visibilityConfig: inert("nothing here counts requests of a firewall"),
  },
  replaceOn: ["name", "namePrefix", "scope"],
  autoName: { property: "name", maxLength: 128 },
  outputs(inputs, resource, { region, accountId }) {
    const id = hash("sha256", resource.urn).slice(0, 32);
    const name = nameOf(inputs.name, inputs.namePrefix, resource);
    return {
      id,
      applicationIntegrationUrl: "",
      arn: preview`arn:aws:wafv2:${region}:${accountId}:regional/webacl/${name}/${id}`,
      capacity: 0,
      lockToken: id,
      name,
      namePrefix: inputs.namePrefix ?? "",
      tagsAll: inputs.tags ?? {},
    };
  },
});

/** A web ACL's place in front of a resource; imitated, too. */
export const webAclAssociation = defineType<typeof aws.wafv2.WebAclAssociation>(
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  {
    properties: { region: served, resourceArn: required, webAclArn: required },
    replaceOn: ["resourceArn", "webAclArn"],
    outputs: ({ resourceArn, webAclArn }) => ({ id: `${String(webAclArn)},${String(resourceArn)}` }),
  },
);
