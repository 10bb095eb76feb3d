import fs from "node:fs";
import path from "node:path";
import { ProjectCopy } from "./projectCopy";

const RECIPES = path.resolve(__dirname, "../../../docs/recipes");

/** A copy of the project's program with every recipe of `docs/recipes` in it, as its README says. */
export function recipeProject(): ProjectCopy {
  const project = new ProjectCopy();
  const folder = path.join(project.folder, "infra/recipes");
  fs.mkdirSync(folder);
  for (const file of fs.readdirSync(RECIPES).filter((name) => name.endsWith(".ts"))) {
    fs.copyFileSync(path.join(RECIPES, file), path.join(folder, file));
  }
  project.edit(
    "index.ts",
    'import { Endpoint } from "./infra/endpoint";',
    `import { requireApiKeys, usagePlan } from "./infra/recipes/apiKeys";
import { customDomain } from "./infra/recipes/customDomain";
import { withSecurityGroups } from "./infra/recipes/existingVpc";
import { ownKeys } from "./infra/recipes/ownKeys";
import { webAcl } from "./infra/recipes/webAcl";
import { Endpoint } from "./infra/endpoint";`,
  );
  project.edit(
    "index.ts",
    "const shared =",
    `ownKeys(settings.tags);
requireApiKeys();
withSecurityGroups(["sg-0123abcd"]);
const shared =`,
  );
  project.edit(
    "index.ts",
    "export = stackOutputs(api, endpoints, shared);",
    `webAcl(api.stage, settings.tags);
customDomain(
  api.stage,
  {
    domainName: "models.example.com",
    certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
  },
  settings.tags,
);
const keys = usagePlan(api.stage, ["ranch"], settings.tags);

export = { ...stackOutputs(api, endpoints, shared), keys };`,
  );
  return project;
}
