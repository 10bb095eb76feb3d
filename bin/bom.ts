import fs from "node:fs";
import path from "node:path";
import { command, text } from "@paddock/local/command";
import { version } from "../package.json";
import { billOfMaterials } from "./lib/billOfMaterials";
import { endpointCards } from "./lib/endpointCards";

command({
  usage: "npm run -s bom [-- options]",
  about:
    "Writes the bill of materials of each endpoint's package and model, as CycloneDX: DIR/<endpoint>.cdx.json.",
  options: { out: text("DIR", "folder to write to", "build/bom") },
  run({ out }) {
    fs.mkdirSync(out, { recursive: true });
    for (const { name } of endpointCards()) {
      const file = path.join(out, `${name}.cdx.json`);
      const bom = billOfMaterials(name, version);
      fs.writeFileSync(file, `${JSON.stringify(bom, undefined, 2)}\n`);
      console.log(`${file}  ${bom.components.length} components`);
    }
  },
});
