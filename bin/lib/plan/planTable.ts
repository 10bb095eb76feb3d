import { columns } from "../columns";
import { totalCost } from "./million";
import type { Plan } from "./planFunction";

const HEAD = [
  ["memory", "models", "hits", "by", "cold", "", "busy", "", "p50", "p99", "USD per"],
  ["MB", "kept", "%", "formula", "starts", "429", "mean", "instances", "ms", "ms", "million"],
];

/** Plans as a table, a line a memory size. */
export function planTable(plans: readonly Plan[]): string {
  const rows = plans.map((plan) => [
    String(plan.memorySize),
    String(plan.capacity),
    percent(plan.hitRate),
    percent(plan.expectedHitRate),
    String(plan.outcomes.coldStart),
    String(plan.outcomes.throttle),
    plan.concurrency.toPrecision(3),
    String(plan.instances),
    plan.p50.toFixed(1),
    plan.p99.toFixed(1),
    totalCost(plan.cost).toFixed(2),
  ]);
  return columns([...HEAD, ...rows], "right");
}

function percent(part: number): string {
  return (part * 100).toFixed(1);
}
