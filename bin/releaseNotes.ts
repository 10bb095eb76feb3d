import fs from "node:fs";
import { command } from "@paddock/local/command";
import { version } from "../package.json";

command({
  usage: "npm run -s release-notes -- VERSION",
  about:
    "Prints the section of CHANGELOG.md about a version, which package.json has to have; or about `Unreleased`.",
  options: {},
  words: [1, 1],
  run(_, [wanted = ""]) {
    if (wanted !== "Unreleased" && wanted !== version) {
      throw new Error(
        `package.json has the version ${version}, not ${wanted}: raise it, and tag that commit.`,
      );
    }
    const sections = fs.readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
    const section = sections.find((text) => text.split(/[\s(]/)[0] === wanted);
    if (section === undefined) {
      throw new Error(`CHANGELOG.md has no section \`## ${wanted}\`: write what changes for users.`);
    }
    console.log(section.slice(section.indexOf("\n")).trim());
  },
});
