import fs from "node:fs";
import path from "node:path";

const FOLDER = path.resolve(__dirname, "../../../.paddock/cache/ports");

/** Gives a cloud's new data folder the ports of an earlier test's cloud: with them it evaluates the program once. */
export function useKnownPorts(dataDir: string, stack: string): void {
  fs.mkdirSync(dataDir, { recursive: true });
  const known = path.join(FOLDER, `${stack}.json`);
  if (fs.existsSync(known)) fs.copyFileSync(known, path.join(dataDir, "ports.json"));
}

/** Keeps the ports of a cloud for later ones of the stack. */
export function keepPorts(dataDir: string, stack: string): void {
  fs.mkdirSync(FOLDER, { recursive: true });
  const draft = path.join(FOLDER, `${stack}.${process.pid}`);
  fs.copyFileSync(path.join(dataDir, "ports.json"), draft);
  fs.renameSync(draft, path.join(FOLDER, `${stack}.json`));
}
