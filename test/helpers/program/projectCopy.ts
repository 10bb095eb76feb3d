import fs from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../process/temporaryFolder";
import { onlyEndpoints } from "./onlyEndpoints";

const ROOT = path.resolve(__dirname, "../../..");
const PROGRAM = [
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.local.yaml",
  "index.ts",
  "infra",
  "functions",
  "policy",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** A copy of this project's own program, to change and deploy. Packages, and archives that are built, are shared. */
export class ProjectCopy {
  readonly folder = temporaryFolder();

  constructor() {
    for (const entry of PROGRAM) {
      fs.cpSync(path.join(ROOT, entry), path.join(this.folder, entry), { recursive: true });
    }
    for (const shared of ["node_modules", ".paddock/build", ".paddock/cache"]) {
      fs.mkdirSync(path.join(ROOT, shared), { recursive: true });
      fs.mkdirSync(path.dirname(path.join(this.folder, shared)), { recursive: true });
      fs.symlinkSync(path.join(ROOT, shared), path.join(this.folder, shared), "junction");
    }
  }

  /** Leaves only these endpoints in the program, where the others are not what a test is about. */
  keepEndpoints(...names: readonly string[]): this {
    const file = path.join(this.folder, "index.ts");
    fs.writeFileSync(file, onlyEndpoints(fs.readFileSync(file, "utf8"), names));
    return this;
  }

  append(file: string, text: string): void {
    fs.appendFileSync(path.join(this.folder, file), text);
  }

  /** Replaces a text that stands in a file once. */
  edit(file: string, from: string, to: string): void {
    const source = fs.readFileSync(path.join(this.folder, file), "utf8");
    if (source.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" once`);
    fs.writeFileSync(
      path.join(this.folder, file),
      source.replace(from, () => to),
    );
  }
}
