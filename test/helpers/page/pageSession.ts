import assert from "node:assert/strict";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { CHROMIUM } from "../process/describeWith";

export interface PageLook {
  /** Pixels. @default 1440 */
  readonly width?: number;
  readonly isDark?: boolean;
}

/** Finds text that has no room, and so has its letters below each other. In the browser's own language. */
const SQUEEZED = `[...document.querySelectorAll("main *")]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim().length > 3))
  .filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && width < 24 && height > 60;
  })
  .map((element) => element.outerHTML.slice(0, 200))`;

/** The page in a browser of its own, which notes what its console says. */
export class PageSession {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #complaints: string[] = [];

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#complaints.push(message.text());
    });
    page.on("pageerror", ({ message }) => this.#complaints.push(message));
    // What the page asks of another host.
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (
        url.protocol.startsWith("http") &&
        url.host !== new URL(page.url()).host &&
        page.url() !== "about:blank"
      )
        this.#complaints.push(`It asked ${url.host}.`);
    });
  }

  /** Opens the address that `npm start` prints; closed after the suite. */
  static async open(address: string, { width = 1440, isDark = false }: PageLook = {}): Promise<PageSession> {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    after(() => browser.close());
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: isDark ? "dark" : "light",
    });
    // As `eventually` has it: what takes a second alone takes many on a busy machine.
    context.setDefaultTimeout(60_000);
    const session = new PageSession(browser, await context.newPage());
    await session.page.goto(address);
    return session;
  }

  /** Goes to one of the page's own places, e.g. `try/NAME`; returns when the page shows it in place of the last one. */
  async goto(place: string): Promise<void> {
    await this.page.goto(new URL(`/#/${place}`, this.page.url()).href);
    await this.page.locator(`nav a[href="#/${place}"][aria-current="page"]`).waitFor();
  }

  /** Asserts what holds of the page wherever it is. */
  async requireGood(): Promise<void> {
    assert.deepEqual(this.#complaints, []);
    await this.page.evaluate(axe.source);
    const { violations } = (await this.page.evaluate("axe.run()")) as axe.AxeResults;
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
      [],
    );
    assert.deepEqual(await this.page.evaluate(SQUEEZED), []);
    const [wanted, shown] = (await this.page.evaluate(
      "[document.documentElement.scrollWidth, innerWidth]",
    )) as [number, number];
    assert.ok(wanted <= shown, `It is ${wanted} pixels wide, and ${shown} are there.`);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
