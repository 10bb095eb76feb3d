import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const DOCS = path.join(ROOT, "docs");
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ".github/SECURITY.md",
  "docs/recipes/README.md",
  "functions/smoke-segmentation/samples/README.md",
  "local/README.md",
  "local/services/s3/README.md",
  "policy/README.md",
  "clients/python/README.md",
  ...fs.readdirSync(DOCS).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = page.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, text = ""]) =>
    text
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );
}

/** Links and images of a page that point to no file, or to no heading of it. */
function brokenLinks(page: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, page), "utf8");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source ?? "",
  );
  return targets.filter((target) => {
    if (/^https?:/.test(target)) return false;
    const [file = "", anchor] = target.split("#");
    const found = file === "" ? path.join(ROOT, page) : path.resolve(ROOT, path.dirname(page), file);
    if (!fs.existsSync(found)) return true;
    return anchor !== undefined && !anchorsOf(fs.readFileSync(found, "utf8")).includes(anchor);
  });
}

describe("README and docs", () => {
  for (const page of PAGES) {
    it(`${page} links to files and headings that are there`, () => {
      assert.deepEqual(brokenLinks(page), []);
    });
  }

  it("has every page in the index", () => {
    const index = fs.readFileSync(path.join(DOCS, "README.md"), "utf8");
    const pages = fs.readdirSync(DOCS).filter((name) => name.endsWith(".md") && name !== "README.md");
    assert.deepEqual(
      pages.filter((name) => !index.includes(`](${name})`)),
      [],
    );
  });
});
