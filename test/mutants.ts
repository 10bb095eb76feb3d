import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * `npm run mutants -- npy sigv4`: breaks the source of these parts in one place at a time and runs their tests, to see
 * which breaks no test notices. Without a part, all of them. What survives is listed in `test/mutants.md`.
 *
 * Stryker is installed when it is asked for: its 150 packages are of no use to those who install the project. So is a
 * mocha that its runner knows, in the folder above the copies of the project that it breaks.
 */
const STRYKER = ["@stryker-mutator/core@9.6.1", "@stryker-mutator/mocha-runner@9.6.1", "mocha@11.7.6"];

/** Source, and the tests that ought to notice every break of it. */
interface Run {
  readonly mutate: readonly string[];
  /** Each by itself: mocha takes a comma for the end of a pattern. */
  readonly tests: readonly string[];
  /** Leaves alone what runs once, when a file is loaded: each such mutant takes a run of all tests. */
  readonly ignoreStatic?: boolean;
}

/** The runs of each part; those of several runs have small ones, since most of their mutants are static. */
const PARTS: Readonly<Record<string, readonly Run[]>> = {
  npy: [{ mutate: ["functions/shared/npy/*.ts"], tests: ["test/functions/shared/npy/*.test.ts"] }],
  onnx: [{ mutate: ["functions/shared/onnxProto.ts"], tests: ["test/functions/shared/onnxProto.test.ts"] }],
  validators: [
    {
      mutate: ["functions/shared/{validate,finiteNumber,jsonDepth,json,readJsonObject}.ts"],
      tests: [
        "test/functions/shared/handler.test.ts",
        "test/functions/shared/readJsonObject.test.ts",
        "test/functions/shared/validate.test.ts",
      ],
    },
    { mutate: ["functions/iris/input.ts"], tests: ["test/functions/iris.test.ts"] },
    { mutate: ["functions/breast-cancer/input.ts"], tests: ["test/functions/breastCancer.test.ts"] },
    { mutate: ["functions/pricing/input.ts"], tests: ["test/functions/pricing/pricing.integration.test.ts"] },
    {
      mutate: ["functions/image-validation/input.ts"],
      tests: ["test/functions/image-validation/index.integration.test.ts"],
    },
    {
      mutate: ["functions/smoke-segmentation/input.ts"],
      tests: ["test/functions/smoke-segmentation/index.integration.test.ts"],
    },
  ],
  iam: [
    {
      mutate: ["local/services/iam/{evaluatePolicy,matches*,parsePolicy,check*,combine*}.ts"],
      tests: ["test/local/services/iam/*.test.ts"],
    },
  ],
  sigv4: [{ mutate: ["local/services/iam/sigv4/*.ts"], tests: ["test/local/services/iam/**/*.test.ts"] }],
  // A rule's words are 1,900 mutants that run when the rule is loaded: four hours. Tests compare them with the docs.
  rules: [
    {
      mutate: ["policy/rules/*/*.ts"],
      tests: [
        "test/policy/rules.test.ts",
        "test/policy/exceptions.test.ts",
        "test/policy/judgeStack.test.ts",
        "test/policy/packages.test.ts",
      ],
      ignoreStatic: true,
    },
  ],
};

const ROOT = path.resolve(__dirname, "..");
const REPORT = path.join(ROOT, "test", "mutants.md");
const FOLDER = path.join(ROOT, ".paddock", "mutants");

/** The part of Stryker's report that is read: https://github.com/stryker-mutator/mutation-testing-elements. */
interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly status:
    | "Killed"
    | "Timeout"
    | "Survived"
    | "NoCoverage"
    | "CompileError"
    | "RuntimeError"
    | "Ignored";
  readonly location: { readonly start: { readonly line: number } };
}

/** Breaks what a run is about, and returns Stryker's report. */
function mutate(name: string, { mutate: files, tests, ignoreStatic = false }: Run): MutationReport {
  const config = path.join(FOLDER, `${name}.json`);
  const fileName = path.join(FOLDER, `${name}.report.json`);
  const settings = {
    mutate: files,
    testRunner: "mocha",
    mochaOptions: { spec: tests, "no-config": true },
    // Tests import modules without an extension, too, which takes both of tsx's loaders.
    testRunnerNodeArgs: ["--import=tsx"],
    coverageAnalysis: "perTest",
    ignoreStatic,
    // All packages but Stryker's own are found in the project's folder, which is above, too.
    symlinkNodeModules: false,
    tempDirName: path.join(FOLDER, "sandbox"),
    ignorePatterns: [".paddock", "bench", "docs"],
    reporters: ["progress-append-only", "json"],
    jsonReporter: { fileName },
    timeoutMS: 20_000,
  };
  fs.writeFileSync(config, JSON.stringify(settings));
  execFileSync(path.join(FOLDER, "node_modules/.bin/stryker"), ["run", config], {
    cwd: ROOT,
    stdio: "inherit",
  });
  return JSON.parse(fs.readFileSync(fileName, "utf8"));
}

function installStryker(): void {
  fs.mkdirSync(FOLDER, { recursive: true });
  const options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", "--prefix", FOLDER, ...options, ...STRYKER], { stdio: "inherit" });
}

function sectionOf(name: string, reports: readonly MutationReport[]): string {
  const mutants = reports
    .flatMap(({ files }) => Object.entries(files))
    .flatMap(([file, { source, mutants }]) =>
      mutants.map((mutant) => ({
        ...mutant,
        file,
        text: source.split("\n")[mutant.location.start.line - 1] ?? "",
      })),
    );
  const killed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout").length;
  const alive = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const all = killed + alive.length;
  const leftOut = mutants.filter(({ status }) => status === "Ignored").length;
  const lines = alive.map(
    ({ file, location, mutatorName, text }) =>
      `- \`${file}:${location.start.line}\` ${mutatorName}: \`${text.trim()}\``,
  );
  const share = ((100 * killed) / Math.max(all, 1)).toFixed(1);
  const counts = `${killed} of ${all} mutants killed, ${share} %.${leftOut === 0 ? "" : ` ${leftOutText(leftOut, mutants.length)}`}`;
  return `## ${name}\n\n${counts}\n\n${lines.join("\n")}\n`;
}

function leftOutText(count: number, all: number): string {
  return `${count} more, of ${all} in all, were left out: they are static, in what
runs once when a file is loaded, such as a rule's words, and each would take a run of all the part's tests.`;
}

/** The report with a part's section in place of the one there was. */
function withSection(report: string, name: string, section: string): string {
  const [head = "", ...sections] = report.split(/^(?=## )/m);
  const others = sections.filter((other) => !other.startsWith(`## ${name}\n`));
  const all = [...others, section].sort();
  return `${head.trimEnd()}\n\n${all.map((one) => one.trimEnd()).join("\n\n")}\n`;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; there is ${Object.keys(PARTS).join(", ")}.`);
  process.exitCode = 2;
} else {
  installStryker();
  for (const [name, runs] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const section = sectionOf(
      name,
      runs.map((run) => mutate(name, run)),
    );
    fs.writeFileSync(REPORT, withSection(fs.readFileSync(REPORT, "utf8"), name, section));
    console.log(section);
  }
}
