import fs from "node:fs";
import path from "node:path";
import type { Card } from "../../functions/shared/card";
import { bundleFunction } from "../../infra/packaging/bundleFunction";
import { endpointCard } from "./endpointCards";

const ROOT = path.resolve(__dirname, "../..");

interface Component {
  readonly type: "library" | "machine-learning-model";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly description?: string;
  readonly licenses: readonly (
    | { readonly expression: string }
    | { readonly license: { readonly name: string } }
  )[];
  readonly hashes?: readonly { readonly alg: "SHA-256"; readonly content: string }[];
}

/** A bill of materials: https://cyclonedx.org/docs/1.6/json/ */
export interface BillOfMaterials {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly version: 1;
  readonly metadata: {
    readonly component: {
      readonly type: "application";
      readonly "bom-ref": string;
      readonly name: string;
      readonly version: string;
    };
  };
  readonly components: readonly Component[];
}

/**
 * Lists what an endpoint's package is made of: the npm packages in its bundle and beside it, and its model's files. The
 * same sources give the same list, byte for byte: it has no date and no random number.
 *
 * @param name     Of the endpoint, a folder in `functions/`.
 * @param version  Of the release.
 */
export function billOfMaterials(name: string, version: string): BillOfMaterials {
  const folder = path.join(ROOT, "functions", name);
  const { inputs, usesSharp } = bundleFunction(folder);
  const card = endpointCard(name);
  const bundled = inputs.flatMap((input) => packageOf(input) ?? []);
  const beside = ["onnxruntime-node", ...(usesSharp ? ["sharp"] : [])];
  const libraries = [...new Set([...bundled, ...beside])].sort();
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", "bom-ref": name, name, version } },
    components: [...libraries.map(libraryComponent), ...card.files.map((file) => modelComponent(card, file))],
  };
}

/** The npm package that a source belongs to, by its folder below `node_modules`. */
function packageOf(source: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
}

function libraryComponent(name: string): Component {
  const file = path.join(ROOT, "node_modules", name, "package.json");
  const { version, license } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    readonly version: string;
    readonly license: string;
  };
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    licenses: [{ expression: license }],
  };
}

function modelComponent(card: Card, file: Card["files"][number]): Component {
  return {
    type: "machine-learning-model",
    "bom-ref": `${card.name}/${file.path}`,
    name: `${card.name}/${file.path}`,
    version: file.sha256.slice(0, 12),
    description: `${card.title}: ${card.origin}`,
    licenses: [{ license: { name: card.license.model } }],
    hashes: [{ alg: "SHA-256", content: file.sha256 }],
  };
}
