import type { CampaignOptions, CampaignReport } from "../report";
import { cloudScenarios } from "./cloudScenarios";
import { machineScenarios } from "./machineScenarios";
import type { Outcome, Scenario } from "./scenario";
import { syncScenarios } from "./syncScenarios";

/** Lets each thing go wrong that can, and looks at what the caller gets, at the next request, and at what is left. */
export async function faults(
  { seed }: Pick<CampaignOptions, "seed">,
  isTried: (scenario: Scenario) => boolean = () => true,
): Promise<CampaignReport> {
  const started = Date.now();
  // Services say there what goes wrong, which is meant to here.
  const { error } = console;
  console.error = () => {};
  const done: { readonly fault: string; readonly outcome: Outcome }[] = [];
  const findings: string[] = [];
  for (const scenario of [...syncScenarios, ...machineScenarios, ...cloudScenarios(seed)].filter(isTried)) {
    const result = await tried(scenario);
    if (typeof result === "string") findings.push(`${scenario.fault}: ${result}`);
    else done.push({ fault: scenario.fault, outcome: result });
  }
  console.error = error;
  return {
    name: "faults",
    options: `--seed ${seed}`,
    took: (Date.now() - started) / 1000,
    tried: done.map(({ fault, outcome }) => [fault, outcome.times]),
    findings,
    details: [outcomesTable(done)],
  };
}

async function tried(scenario: Scenario): Promise<Outcome | string> {
  try {
    return await scenario.run();
  } catch (error) {
    return (error as Error).message;
  }
}

function outcomesTable(done: readonly { readonly fault: string; readonly outcome: Outcome }[]): string {
  const rows = done.map(
    ({ fault, outcome: { gets, next, whole } }) => `| ${fault} | ${gets} | ${next} | ${whole} |`,
  );
  return [
    "| fault | what the caller gets | next request | nothing is half there |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
