import path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./lib/toPolicy";
import { RULES } from "./rules";

const projectDir = path.resolve(__dirname, "..");
const ruleNames = RULES.map(({ name }) => name);
const surroundings = () => ({ projectDir, today: new Date().toISOString().slice(0, 10) });

// Constructing a pack serves it: nothing but the engine's policy host may load this file.
new PolicyPack("paddock", {
  description: "What may not be deployed",
  policies: RULES.map((rule) => toPolicy(rule, ruleNames, surroundings)),
});
