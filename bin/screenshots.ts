import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { LocalCloud } from "@paddock/local/cli";
import { command, progress, text, wholeNumber } from "@paddock/local/command";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";

const PROJECT = path.resolve(__dirname, "..");
const IMAGES = path.join(PROJECT, "docs/images");

const SETTLE_MS = 800;

/** Requests that the page's half to watch shows: cold and warm ones, and one that is rejected. */
const BODIES: readonly object[] = [
  { sl: 6.9, sw: 3.1, pl: 5.1, pw: 2.3 },
  { sl: 5.1, sw: 3.5, pl: 1.4, pw: 0.2 },
  { sl: "wide" },
  { sl: 5.7, sw: 2.8, pl: 4.5, pw: 1.3 },
];

command({
  usage: "npm run screenshots -- [options]",
  about: "Writes the screenshots of README and docs, docs/images/page-*.webp, from the page itself.",
  options: {
    chromium: text("FILE", "the browser", "/usr/bin/chromium"),
    port: wholeNumber([1, 65_000], "first of the local cloud's ports", 4900),
  },
  async run({ chromium: executablePath, port }) {
    progress.step("Starting the stack and the browser");
    const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "screenshots-"));
    const cloud = await LocalCloud.start({ projectDir: PROJECT, stack: "dev", basePort: port, dataDir });
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    try {
      await takeAll(browser, cloud);
    } finally {
      await browser.close();
      await cloud.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
    }
    progress.end();
  },
});

async function takeAll(browser: Browser, cloud: LocalCloud): Promise<void> {
  const wide = await openPage(browser, cloud, { width: 1440, height: 900 });
  progress.step("Trying a model");
  await goTo(wide, "try/image-validation");
  await wide.locator("input[type=file]").setInputFiles(path.join(PROJECT, "test/fixtures/images/horse.jpg"));
  await wide.getByText("Unicorn validated").first().waitFor();
  await wide.locator(".boxed rect").first().waitFor({ state: "attached" });
  await shoot(wide, "page-try");

  progress.step("Watching the stack");
  for (const body of BODIES) {
    await fetch(String(cloud.outputs.irisUrl), { method: "POST", body: JSON.stringify(body) });
  }
  await goTo(wide, "watch/requests");
  await wide.locator(".requests tbody tr").nth(BODIES.length).waitFor();
  await wide.locator(".requests tbody tr").nth(1).getByRole("link").click();
  await wide.getByRole("region", { name: "Event" }).waitFor();
  await shoot(wide, "page-requests");
  await goTo(wide, "watch/stack");
  await wide.locator(".node").first().waitFor();
  await shoot(wide, "page-stack");

  progress.step("Trying a model on a phone, in the dark");
  const phone = await openPage(browser, cloud, { width: 390, height: 844 }, "dark");
  await goTo(phone, "try/iris");
  await phone.getByText("virginica").first().waitFor();
  await shoot(phone, "page-phone");
}

async function openPage(
  browser: Browser,
  cloud: LocalCloud,
  viewport: { readonly width: number; readonly height: number },
  colorScheme: "light" | "dark" = "light",
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(cloud.pageAddress);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

async function goTo(page: Page, route: string): Promise<void> {
  await page.goto(new URL(`/#/${route}`, page.url()).href);
}

async function shoot(page: Page, name: string): Promise<void> {
  // Away from what it would highlight.
  await page.mouse.move(0, 0);
  // What is drawn on a canvas follows what is there.
  await page.waitForTimeout(SETTLE_MS);
  const png = await page.screenshot();
  fs.writeFileSync(path.join(IMAGES, `${name}.webp`), await sharp(png).webp({ quality: 85 }).toBuffer());
}
