import assert from "node:assert/strict";
import type { LocalCloud } from "@paddock/local/cli";
import { writeRunningCloud } from "@paddock/local/running";
import type { Page } from "playwright-core";
import { startProject } from "../helpers/cloud/startProject";
import { PageSession } from "../helpers/page/pageSession";
import { describeWith } from "../helpers/process/describeWith";
import { eventually } from "../helpers/time/eventually";

const VIEWS = ["requests", "stack", "data", "packages", "policies", "api"];
const COLD = /400\s+breast-cancer\s+POST \/\s+cold \d+ ms\s+\d+ ms\s+\d+ MB/;
const WARM = /400\s+breast-cancer\s+POST \/\s+warm\s+\d+ ms\s+\d+ MB/;
const FLOWER = { sl: 6.9, sw: 3.1, pl: 5.1, pw: 2.3 };

describeWith("chromium", "The page's half to watch the stack", () => {
  let cloud: LocalCloud;
  let session: PageSession;
  let page: Page;
  before(async () => {
    cloud = await startProject();
    // For the commands that the page runs.
    writeRunningCloud(cloud.dataDir, cloud);
    session = await PageSession.open(cloud.pageAddress);
    page = session.page;
  });
  after(() => cloud?.close());
  afterEach(() => session.requireGood());

  const ask = (body: object) =>
    fetch(String(cloud.outputs.irisUrl), { method: "POST", body: JSON.stringify(body) });
  const rows = () => page.locator(".requests tbody tr");

  it("shows each request as it comes, cold or warm, and draws it", async () => {
    await session.goto("watch/requests");
    // The page itself asks the first model only.
    for (let count = 0; count < 2; count++) {
      await fetch(String(cloud.outputs.breastCancerUrl), { method: "POST", body: "{}" });
    }
    const rejected = rows().filter({ hasText: "breast-cancer" });
    const plot = page.locator(".plot [role=img]").first();
    await eventually(async () => {
      assert.match(await rejected.filter({ hasText: "cold" }).innerText(), COLD);
      assert.match(await rejected.filter({ hasText: "warm" }).innerText(), WARM);
      assert.match(
        (await plot.getAttribute("aria-label")) ?? "",
        /^Latency of the last \d+ requests: [\d.]+ to [\d.]+ ms$/,
      );
    });
  });

  it("shows a request's event, response and log lines, and replays it with another event", async () => {
    await session.goto("watch/requests");
    await ask(FLOWER);
    const asked = rows().filter({ hasText: "POST /" }).filter({ hasText: "200" });
    await asked.first().getByRole("link").click();
    const panel = page.getByRole("region", { name: "The request", exact: true });
    await panel.getByText("virginica").first().waitFor();
    await eventually(async () => {
      const text = await panel.innerText();
      for (const part of [/Came by\s+function URL/, /"rawPath": "\/"/, /START RequestId/, /REPORT RequestId/])
        assert.match(text, part);
    });
    await panel.getByRole("button", { name: "Replay", exact: true }).click();
    const event = panel.getByLabel("Event, as JSON", { exact: true });
    await event.fill("{");
    await panel.getByRole("button", { name: "Invoke", exact: true }).click();
    await panel.getByText(/^The event is not JSON:/).waitFor();
    await event.fill(JSON.stringify({ ...FLOWER, pl: 1.4, pw: 0.2 }));
    await panel.getByRole("button", { name: "Invoke", exact: true }).click();
    await panel.getByText('"body": "setosa"').waitFor();
  });

  it("invokes any function with a pasted event", async () => {
    await session.goto("watch/requests");
    await page.getByRole("button", { name: "Replay an event", exact: true }).click();
    const form = page.getByRole("form", { name: "Replay an event", exact: true });
    await form.getByLabel("Function", { exact: true }).selectOption("breast-cancer");
    await form.getByLabel("Event, as JSON", { exact: true }).fill("{}");
    await form.getByRole("button", { name: "Invoke", exact: true }).click();
    await form.getByText("must contain values for").waitFor();
  });

  it("draws the declared resources, and says of one what it depends on", async () => {
    await session.goto("watch/stack");
    const image = page.getByRole("region", { name: "Image of the stack", exact: true });
    await image.getByRole("link", { name: "iris Function", exact: true }).click();
    const panel = page.getByRole("region", { name: "The resource iris", exact: true });
    await eventually(async () =>
      assert.match(await panel.innerText(), /aws:lambda\/function:Function[\s\S]*"handler": "index.handler"/),
    );
    await panel.getByRole("heading", { name: "Used by", exact: true }).waitFor();
    const links = image.getByRole("link");
    const few = await eventually(() => links.count());
    await page.getByLabel("Roles, permissions and routes, too", { exact: true }).check();
    await eventually(async () => assert.ok((await links.count()) > few + 50));
  });

  it("shows JSON as a tree, with the digits that were sent, and what is large closed", async () => {
    const many = Array.from({ length: 1500 }, (_, i) => i);
    const text = `{"id": 9007199254740993, "share": 1.0, "many": ${JSON.stringify(many)}}`;
    const asked = JSON.stringify({ file_name: "tree.json" });
    const address = `${cloud.outputs.smokeSegmentationUrl}uploads`;
    const { url } = (await (await fetch(address, { method: "POST", body: asked })).json()) as { url: string };
    await fetch(url, { method: "PUT", body: text });
    await session.goto("watch/data");
    await page
      .getByRole("navigation", { name: "Buckets and volumes", exact: true })
      .getByText("uploads")
      .click();
    await page.getByRole("link", { name: "tree.json", exact: true }).click();
    const tree = page.getByRole("region", { name: "Text of the file", exact: true });
    await tree.getByText('"id": 9007199254740993,').waitFor();
    await tree.getByText('"share": 1.0,').waitFor();
    await tree.getByText('"many": [ 1500 items ]').click();
    await tree.getByText("99,", { exact: true }).waitFor();
    await tree.getByRole("button", { name: "1400 more", exact: true }).click();
    await tree.getByText("1099,").waitFor();
  });

  it("looks into buckets and volumes, and shows a file that is no text in hexadecimal", async () => {
    await session.goto("watch/data");
    await page
      .getByRole("navigation", { name: "Buckets and volumes", exact: true })
      .getByText("models")
      .first()
      .click();
    await page.getByRole("link", { name: "models/", exact: true }).click();
    await page.getByRole("link", { name: "iris/", exact: true }).click();
    await page.getByRole("link", { name: "1/", exact: true }).click();
    await page.getByRole("link", { name: "model.onnx", exact: true }).click();
    await page.getByText("the first 1 KB in hexadecimal").waitFor();
    await page.getByText("model-volume-readers").click();
    await page.getByRole("region", { name: "Files", exact: true }).waitFor();
  });

  it("compares the packages' sizes with Lambda's limit", async () => {
    await session.goto("watch/packages");
    const table = page.getByRole("region", { name: "Packages", exact: true });
    await eventually(async () =>
      assert.match(await table.innerText(), /iris\s+[\d.]+ KB\s+[\d.]+ MB\s+[\d.]+ MB\s+\d+ %/),
    );
  });

  it("judges the stack by the project's own gate, and lists its API", async () => {
    await session.goto("watch/policies");
    await page.getByRole("button", { name: "Judge the stack", exact: true }).click();
    await page.getByText(/\d+ rules passed, \d+ verdicts/).waitFor({ timeout: 90_000 });
    await page.locator(".badge.ok", { hasText: /^ok$/ }).waitFor();
    // What one rule says of several resources is one row.
    await page.getByRole("row", { name: /lambda-url-auth iris, \w/ }).waitFor();
    await page.getByRole("link", { name: "API", exact: true }).click();
    await page.getByRole("cell", { name: "/iris", exact: true }).first().waitFor();
  });

  it("has no violation that axe knows on any view, on a wide screen and on a dark phone", async () => {
    const phone = await PageSession.open(cloud.pageAddress, { width: 390, isDark: true });
    for (const each of [session, phone]) {
      for (const view of VIEWS) {
        await each.goto(`watch/${view}`);
        await each.page.getByRole("heading", { level: 1 }).waitFor();
        await each.page.locator(".loading").waitFor({ state: "detached" });
        await each.requireGood();
      }
    }
    await phone.close();
  });

  it("The page's views are reached by the keyboard", async () => {
    await session.goto("watch/requests");
    await page.reload();
    await page.getByRole("heading", { name: "Requests", exact: true }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await eventually(async () => assert.equal(await page.evaluate("document.activeElement?.id"), "main"));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Stack", exact: true }).waitFor();
  });
});
