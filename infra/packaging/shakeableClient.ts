import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fillOnce } from "./files";
import { PROJECT_ROOT } from "./paths";

/** The schemas of a client's operations. */
const SCHEMAS = "dist-es/schemas/schemas_0.js";

/** `const _hH = "httpHeader";` */
const CONSTANT = /^const (_\w+) = ("\w+");$/gm;

/** `{ [_hH]: …`, a key that a constant gives. */
const COMPUTED_KEY = /\[(_\w+)\]: /g;

/** Changes with what is rewritten, so that an older copy is not taken. */
const COPY = 1;

/**
 * Copies a client of the AWS SDK, with the constants among its schemas' keys written out. A bundler has to take a computed
 * key for code that does something, and would keep the schemas of all operations: of S3's client a sixth of its code and a
 * quarter of the time in which it is loaded.
 *
 * @param name  `@aws-sdk/client-…`
 * @returns     Folder to alias the package to.
 */
export function shakeableClient(name: string): string {
  const manifest = createRequire(path.join(PROJECT_ROOT, "package.json")).resolve(`${name}/package.json`);
  const { version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string };
  const cache = path.join(PROJECT_ROOT, ".paddock", "cache", `shakeable-${version}-${COPY}`);
  // As below `node_modules`, by which the bill of materials knows what package a source is of.
  return fillOnce(path.join(cache, "node_modules", name), (draft) => {
    fs.cpSync(path.join(path.dirname(manifest), "dist-es"), path.join(draft, "dist-es"), { recursive: true });
    fs.copyFileSync(manifest, path.join(draft, "package.json"));
    const file = path.join(draft, SCHEMAS);
    fs.writeFileSync(file, writeOutKeys(fs.readFileSync(file, "utf8")));
  });
}

function writeOutKeys(source: string): string {
  const constants = new Map(Array.from(source.matchAll(CONSTANT), ([, name, text]) => [name, text]));
  return source.replace(COMPUTED_KEY, (key, name) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}: `;
  });
}
