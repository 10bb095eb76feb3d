import { hash } from "node:crypto";
import type * as aws from "@pulumi/aws";
import { defineType } from "../../resources/resourceType";
import { inert, inertTags, refused, served } from "../../resources/treatment";
import { preview } from "../../resources/value";

const NOT_ENCRYPTED = "nothing is encrypted on this machine";
const NO_KEY_STORE = "there are no key stores here";

/** A key of KMS, imitated: resources can name it, and nothing is encrypted with it. */
export const key = defineType<typeof aws.kms.Key>("aws:kms/key:Key", {
  properties: {
    bypassPolicyLockoutSafetyCheck: inert(NOT_ENCRYPTED),
    customKeyStoreId: refused(NO_KEY_STORE),
    customerMasterKeySpec: inert(NOT_ENCRYPTED),
    deletionWindowInDays: inert(NOT_ENCRYPTED),
    description: inert("a text for people"),
    enableKeyRotation: inert(NOT_ENCRYPTED),
    isEnabled: inert(NOT_ENCRYPTED),
    keyUsage: inert(NOT_ENCRYPTED),
    multiRegion: inert("a local cloud is one region"),
    policy: inert("nobody can ask for the key"),
    region: served,
    rotationPeriodInDays: inert(NOT_ENCRYPTED),
    tags: inertTags,
    xksKeyId: refused(NO_KEY_STORE),
  },
  replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion"],
  outputs(inputs, { urn }, { region, accountId }) {
    const keyId = hash("sha256", urn).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
    return {
      id: keyId,
      arn: preview`arn:aws:kms:${region}:${accountId}:key/${keyId}`,
      description: inputs.description ?? "",
      keyId,
      multiRegion: inputs.multiRegion ?? false,
      policy: inputs.policy ?? "",
      rotationPeriodInDays: inputs.rotationPeriodInDays ?? 365,
      tagsAll: inputs.tags ?? {},
    };
  },
});
