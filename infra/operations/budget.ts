import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";

export interface BudgetArgs {
  readonly settings: Settings;
  /** USD a month. */
  readonly monthlyBudget: number;
  /** ARN of the topic that is told. */
  readonly topic: pulumi.Input<string>;
}

/**
 * Tells of what the account costs: forecast over the budget, or spent. It is the account's whole cost: costs by tag are known
 * only once someone activates the tag for billing, and until then such a budget stays at zero without a word.
 */
export function createBudget(name: string, { settings, monthlyBudget, topic }: BudgetArgs): void {
  const notification = {
    comparisonOperator: "GREATER_THAN",
    threshold: 100,
    thresholdType: "PERCENTAGE",
    subscriberSnsTopicArns: [topic],
  };
  new aws.budgets.Budget(name, {
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(monthlyBudget),
    limitUnit: "USD",
    notifications: [
      { ...notification, notificationType: "FORECASTED" },
      { ...notification, notificationType: "ACTUAL" },
    ],
    tags: settings.tags,
  });
}
