import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";

interface PulumiStackOptions {
  /** Folder of `Pulumi.yaml`. */
  readonly projectDir: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Folder for the stack's file and what Pulumi prints. */
  readonly workDir: string;
  /** Over this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** A throw-away stack, deployed and destroyed by the `pulumi` command. */
export class PulumiStack {
  readonly #options: PulumiStackOptions;

  constructor(options: PulumiStackOptions) {
    this.#options = options;
  }

  /** Makes the stack and deploys it. @throws Error  With the end of what Pulumi printed. */
  async up(): Promise<void> {
    const { workDir, project, stack, config } = this.#options;
    // A stack that is made in a folder leaves its salt there: the project's own stays clean.
    fs.mkdirSync(workDir, { recursive: true });
    fs.writeFileSync(path.join(workDir, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
    fs.writeFileSync(this.#file, stringify({ config }));
    await this.#run(["stack", "init", stack, "--no-select"], workDir);
    await this.#run(["up", "--yes", "--skip-preview", ...this.#withFile]);
  }

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(await this.#run(["stack", "output", "--json"]));
  }

  /** Deletes all that the stack has made, and the stack; one that is not there is none to delete. */
  async remove(): Promise<void> {
    const { workDir, stack } = this.#options;
    const list = await this.#run(["stack", "ls", "--json"]);
    const names = (JSON.parse(list) as { readonly name: string }[]).map(({ name }) => name.split("/").at(-1));
    if (!names.includes(stack)) return;
    // An update that was cut off leaves operations that nobody waits for, and a lock.
    await this.#run(["cancel", "--yes"]).catch(() => undefined);
    await this.#run(["destroy", "--yes", "--skip-preview", "--refresh", ...this.#withFile]);
    await this.#run(["stack", "rm", "--yes", "--preserve-config"], workDir);
  }

  get #file(): string {
    return path.join(this.#options.workDir, `Pulumi.${this.#options.stack}.yaml`);
  }

  get #withFile(): readonly string[] {
    return ["--config-file", this.#file];
  }

  /** Runs one command; what it prints on standard output is returned. */
  async #run(args: readonly string[], cwd = this.#options.projectDir): Promise<string> {
    const { env, stack, workDir } = this.#options;
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd,
      env: { ...process.env, ...env, PULUMI_STACK: stack, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed: string[] = [];
    const errors: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => printed.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
    const [code] = (await once(child, "close").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOENT") throw cause;
      throw new Error(
        "There is no `pulumi` on PATH: install the Pulumi CLI (https://www.pulumi.com/docs/install/).",
        { cause },
      );
    })) as [number | null];
    if (code !== 0) {
      const end = [...printed, ...errors].join("").trim().split("\n").slice(-30).join("\n");
      fs.writeFileSync(path.join(workDir, `${stack}.log`), [...printed, ...errors].join(""));
      throw new Error(`\`pulumi ${args.slice(0, 2).join(" ")}\` failed for the stack ${stack}:\n${end}`);
    }
    return printed.join("");
  }
}
