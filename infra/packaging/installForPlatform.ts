import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Platform } from "../platform";
import { fillOnce } from "./files";
import { PROJECT_ROOT } from "./paths";

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Time limit for npm, in ms. */
const TIMEOUT = 300_000;

/**
 * Installs a package for another platform with npm, from the project's lockfile reduced to the package and its
 * dependencies, with the lockfile's digests. Once for each version and platform, into `.paddock/cache`.
 *
 * @returns The `node_modules` folder.
 * @throws Error  npm failed, for example without a network: one line with the cure.
 */
export function installForPlatform(name: string, { os, cpu }: Platform): string {
  const locked = readLockfile();
  const version = locked[`node_modules/${name}`]?.version;
  if (version === undefined)
    throw new Error(`${name} is not in package-lock.json: run \`npm install ${name}\`.`);
  const target = path.join(PROJECT_ROOT, ".paddock", "cache", `${name}-${version}-${os}-${cpu}`);
  fillOnce(target, (draft) => {
    writeProject(draft, name, version, locked);
    runNpm(draft, `${name} ${version} for ${os}/${cpu}`, [
      `--os=${os}`,
      `--cpu=${cpu}`,
      // Amazon Linux has glibc; npm ignores this for systems other than Linux.
      "--libc=glibc",
    ]);
  });
  return path.join(target, "node_modules");
}

function readLockfile(): LockedPackages {
  return JSON.parse(fs.readFileSync(path.join(PROJECT_ROOT, "package-lock.json"), "utf8")).packages;
}

function writeProject(folder: string, name: string, version: string, locked: LockedPackages): void {
  const root = { name: "packages", version: "0.0.0", private: true, dependencies: { [name]: version } };
  const needed = [...neededBy(name, locked)].sort().map((key) => [key, locked[key]]);
  const lockfile = {
    ...root,
    lockfileVersion: 3,
    requires: true,
    packages: { "": root, ...Object.fromEntries(needed) },
  };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(root));
  fs.writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify(lockfile));
}

/** Finds the lockfile's entries for a package and its dependencies, by Node.js's rules. */
function neededBy(name: string, locked: LockedPackages): Set<string> {
  const found = new Set<string>();
  const add = (dependency: string, from: string): void => {
    const folders = from.split("/node_modules/").map((_, depth, all) => all.slice(0, all.length - depth));
    const places = [...folders.map((parts) => `${parts.join("/node_modules/")}/`), ""];
    const key = places.map((place) => `${place}node_modules/${dependency}`).find((place) => locked[place]);
    if (key === undefined || found.has(key)) return;
    found.add(key);
    const { dependencies, optionalDependencies } = locked[key] as LockedPackage;
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) add(next, key);
  };
  add(name, "");
  return found;
}

function runNpm(folder: string, what: string, options: readonly string[]): void {
  const { status, stderr, error } = spawnSync(
    "npm",
    ["ci", ...options, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: folder,
      encoding: "utf8",
      timeout: TIMEOUT,
      // npm is a script on Windows.
      shell: process.platform === "win32",
    },
  );
  if (status === 0) return;
  const reason =
    /npm error (?:code )?(.+)/.exec(stderr ?? "")?.[1] ?? error?.message ?? `exit code ${status}`;
  throw new Error(
    `npm could not install ${what} (${reason}): it is needed once, from npm's registry; or set \`paddock:platform\` to host for packages of this machine.`,
  );
}
