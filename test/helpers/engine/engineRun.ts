import { type ChildProcess, spawn } from "node:child_process";

/** The result of one `pulumi up`, `preview`, `refresh` or `destroy`, from its stream of events. */
export interface EngineRun {
  readonly ok: boolean;
  /** Everything but what stayed the same, e.g. `update Function hello`, sorted. */
  readonly steps: readonly string[];
  /** Error messages, and mandatory policy violations, a line each. */
  readonly errors: string;
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: { op: string; urn: string } };
  readonly diagnosticEvent?: { severity: string; message: string };
  readonly policyEvent?: { policyName: string; enforcementLevel: string; message: string };
}

/** Who watches a run from its beginning. */
export interface EngineWatch {
  onStart?(engine: ChildProcess): void;
  /** Called as each step begins. */
  onStep?(step: string, engine: ChildProcess): void;
}

/** Runs `pulumi` with `--json`. */
export function engineRun(
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
  watch: EngineWatch = {},
): Promise<EngineRun> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", [...args, "--json", "--non-interactive"], options);
    watch.onStart?.(child);
    const [steps, errors]: [string[], string[]] = [[], []];
    let [rest, stderr] = ["", ""];
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const event of lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line))) {
        read(event);
      }
    });
    function read({ resourcePreEvent, diagnosticEvent, policyEvent }: EngineEvent): void {
      if (resourcePreEvent && !["same", "refresh"].includes(resourcePreEvent.metadata.op)) {
        const { op, urn } = resourcePreEvent.metadata;
        const [, , types, name] = urn.split("::");
        const step = `${op} ${types?.split(":").pop()} ${name}`;
        steps.push(step);
        watch.onStep?.(step, child);
      }
      if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message.trim());
      if (policyEvent?.enforcementLevel === "mandatory") {
        errors.push(`${policyEvent.policyName}: ${policyEvent.message.trim()}`);
      }
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code !== 0 && stderr.includes("error:")) errors.push(stderr.trim());
      resolve({ ok: code === 0, steps: steps.sort(), errors: errors.join("\n") });
    });
  });
}
