import { createBudget } from "./budget";
import { createDashboard, type DashboardArgs } from "./dashboard";
import type { Operations } from "./operations";

/** Creates what the stack has once: its dashboard and the account's budget, where the settings ask for them. */
export function createOverview({
  settings,
  operations,
  endpoints,
}: DashboardArgs & { readonly operations: Operations }): void {
  const { dashboard, monthlyBudget } = settings;
  if (dashboard) createDashboard("dashboard", { settings, endpoints });
  if (monthlyBudget !== undefined) {
    createBudget("budget", { settings, monthlyBudget, topic: operations.topic() });
  }
}
