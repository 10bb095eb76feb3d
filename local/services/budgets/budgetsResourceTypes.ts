import type * as aws from "@pulumi/aws";
import { nameOf } from "../../resources/autoName";
import { defineType, type ResourceType } from "../../resources/resourceType";
import { inert, inertTags, required, served } from "../../resources/treatment";
import { ABSENT, preview } from "../../resources/value";

const FREE = "nothing here costs anything";

const budget = defineType<typeof aws.budgets.Budget>("aws:budgets/budget:Budget", {
  properties: {
    accountId: inert(FREE),
    autoAdjustData: inert(FREE),
    billingViewArn: inert(FREE),
    budgetType: required,
    costFilters: inert(FREE),
    costTypes: inert(FREE),
    filterExpression: inert(FREE),
    limitAmount: inert(FREE),
    limitUnit: inert(FREE),
    metrics: inert(FREE),
    name: served,
    namePrefix: served,
    notifications: inert(FREE),
    plannedLimits: inert(FREE),
    tags: inertTags,
    timePeriodEnd: inert(FREE),
    timePeriodStart: inert(FREE),
    timeUnit: required,
  },
  replaceOn: ["accountId", "name", "namePrefix"],
  autoName: { property: "name", maxLength: 100 },
  outputs(inputs, resource, { accountId }) {
    const name = nameOf(inputs.name, inputs.namePrefix, resource);
    return {
      id: preview`${accountId}:${name}`,
      accountId: inputs.accountId ?? accountId,
      arn: preview`arn:aws:budgets::${accountId}:budget/${name}`,
      costFilters: inputs.costFilters ?? [],
      costTypes: inputs.costTypes ?? ABSENT,
      limitAmount: inputs.limitAmount ?? "",
      limitUnit: inputs.limitUnit ?? "",
      name,
      namePrefix: inputs.namePrefix ?? "",
      tagsAll: inputs.tags ?? {},
      timePeriodStart: inputs.timePeriodStart ?? "",
    };
  },
});

/** The resource types of AWS Budgets. */
export const budgetsResourceTypes: readonly ResourceType<undefined>[] = [budget];
