import { hash } from "node:crypto";
import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, nested, required, served } from "../../../resources/treatment";
import { preview } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";
import { resourceId } from "../resourceId";

const NOT_COUNTED = "the local gateway counts no use of a key";

/** A key that callers send as `x-api-key`. */
export const apiKey = defineType<typeof aws.apigateway.ApiKey, GatewayService>(
  "aws:apigateway/apiKey:ApiKey",
  {
    properties: {
      customerId: inert("there is no marketplace here"),
      description: inert("a text for people"),
      enabled: served,
      name: served,
      region: served,
      tags: inertTags,
      value: served,
    },
    replaceOn: ["value"],
    autoName: { property: "name", maxLength: 1024 },
    outputs(inputs, { name, urn }, { region }) {
      const id = resourceId(urn);
      return {
        id,
        arn: preview`arn:aws:apigateway:${region}::/apikeys/${id}`,
        createdDate: "1970-01-01T00:00:00Z",
        description: inputs.description ?? "Managed by Pulumi",
        lastUpdatedDate: "1970-01-01T00:00:00Z",
        name: inputs.name ?? name,
        tagsAll: inputs.tags ?? {},
        value: inputs.value ?? hash("sha256", urn).slice(0, 40),
      };
    },
    async create({ inputs: { enabled = true }, outputs: { id, value } }, { usagePlans }) {
      usagePlans.putKey(id, value, enabled);
      return undefined;
    },
    async delete({ outputs: { id } }, { usagePlans }) {
      usagePlans.deleteKey(id);
    },
  },
);

/** Which stages its keys are for. */
export const usagePlan = defineType<typeof aws.apigateway.UsagePlan, GatewayService>(
  "aws:apigateway/usagePlan:UsagePlan",
  {
    properties: {
      apiStages: nested({ apiId: required, stage: required, throttles: inert(NOT_COUNTED) }),
      description: inert("a text for people"),
      name: served,
      productCode: inert("there is no marketplace here"),
      quotaSettings: inert(NOT_COUNTED),
      region: served,
      tags: inertTags,
      throttleSettings: inert(NOT_COUNTED),
    },
    replaceOn: [],
    autoName: { property: "name", maxLength: 1024 },
    outputs(inputs, { name, urn }, { region }) {
      const id = resourceId(urn);
      return {
        id,
        arn: preview`arn:aws:apigateway:${region}::/usageplans/${id}`,
        name: inputs.name ?? name,
        tagsAll: inputs.tags ?? {},
      };
    },
    async create({ inputs: { apiStages = [] }, outputs: { id } }, { usagePlans }) {
      usagePlans.putPlan(id, apiStages);
      return undefined;
    },
    async delete({ outputs: { id } }, { usagePlans }) {
      usagePlans.deletePlan(id);
    },
  },
);

/** A key's place in a plan. */
export const usagePlanKey = defineType<typeof aws.apigateway.UsagePlanKey, GatewayService>(
  "aws:apigateway/usagePlanKey:UsagePlanKey",
  {
    properties: { keyId: required, keyType: required, region: served, usagePlanId: required },
    replaceOn: ["keyId", "keyType", "usagePlanId"],
    outputs: ({ keyId }, { name }) => ({ id: String(keyId), name, value: "" }),
    async create({ inputs: { usagePlanId, keyId } }, { usagePlans }) {
      usagePlans.addKey(usagePlanId, keyId);
      return undefined;
    },
    async delete({ inputs: { usagePlanId, keyId } }, { usagePlans }) {
      usagePlans.removeKey(usagePlanId, keyId);
    },
  },
);
