import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import type { LocalCloud } from "@paddock/local/cli";
import type { Page } from "playwright-core";
import { startProject } from "../helpers/cloud/startProject";
import { listen } from "../helpers/http/listen";
import { npyFile } from "../helpers/models/npyFile";
import { scaleModel } from "../helpers/models/scaleModel";
import { giveFile } from "../helpers/page/giveFile";
import { inPage } from "../helpers/page/inPage";
import { type PageLook, PageSession } from "../helpers/page/pageSession";
import { describeWith } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { eventually } from "../helpers/time/eventually";

const ROOT = path.resolve(__dirname, "../..");
const IMAGES = path.join(ROOT, "test/fixtures/images");

/** The result as a person has it, without the response as it came. */
const resultOf = (page: Page) => page.locator(".result [aria-live]");

/** The result in large letters, where it is this one; the classes beside it are all there whatever the result is. */
const verdictOf = (page: Page, text: string) =>
  resultOf(page).locator(".verdict strong").getByText(text, { exact: true });

describeWith("chromium", "The page's half to try the models", () => {
  let cloud: LocalCloud;
  let session: PageSession;
  let page: Page;
  const folder = temporaryFolder();
  before(async () => {
    cloud = await startProject();
    session = await PageSession.open(cloud.pageAddress);
    page = session.page;
  });
  after(() => cloud?.close());
  afterEach(() => session.requireGood());

  it("shows the first model with a prediction before anything is asked", async () => {
    await page.getByRole("heading", { level: 1, name: "Iris species", exact: true }).waitFor();
    await verdictOf(page, "virginica").waitFor();
    const models = page.getByRole("navigation", { name: "Models", exact: true }).getByRole("link");
    await eventually(async () => assert.equal(await models.count(), 6));
  });

  it("shows a bar for each class, which follow a slider that is moved by the keyboard", async () => {
    await session.goto("try/iris");
    await page.getByRole("button", { name: "A setosa", exact: true }).click();
    await resultOf(page)
      .getByRole("listitem")
      .filter({ hasText: "setosa" })
      .getByText("100 %", { exact: true })
      .waitFor();
    await page.getByRole("slider", { name: "Petal length, slider", exact: true }).press("End");
    await page.getByRole("slider", { name: "Petal width, slider", exact: true }).press("End");
    await verdictOf(page, "virginica").waitFor();
    const length = page.getByRole("textbox", { name: "Petal length in cm", exact: true });
    await eventually(async () => assert.equal(await length.inputValue(), "6.9"));
  });

  it("shows what the endpoint says of a field beside it, and its sentence", async () => {
    await session.goto("try/iris");
    const length = page.getByRole("textbox", { name: "Sepal length in cm", exact: true });
    await length.fill("long");
    await page.locator("#field-sl-error").getByText("must be a number").waitFor();
    await eventually(async () => assert.equal(await length.getAttribute("aria-invalid"), "true"));
    await resultOf(page).getByText("sl must be a number").waitFor();
    await length.fill("5");
    await page.locator("#field-sl-error").waitFor({ state: "detached" });
  });

  it("shows a verdict in words, and the error of an endpoint that has a form of its own", async () => {
    await session.goto("try/breast-cancer");
    await verdictOf(page, "benign").waitFor();
    await page.getByRole("button", { name: "A large tumour", exact: true }).click();
    await verdictOf(page, "malignant").waitFor();
    await page.getByRole("button", { name: "Nothing filled in", exact: true }).click();
    await resultOf(page).getByText("'body' must contain values for").waitFor();
  });

  it("shows a score as it changes, and all breeds side by side", async () => {
    await session.goto("try/pricing");
    await verdictOf(page, "99 %").waitFor();
    await page.getByRole("button", { name: "A frosty ride, Arabian", exact: true }).click();
    await verdictOf(page, "6.0 %").waitFor();
    const breeds = page.getByRole("region", { name: "Side by side, by breed", exact: true });
    await breeds
      .getByRole("listitem")
      .filter({ hasText: "icelandic" })
      .getByText("80 %", { exact: true })
      .waitFor();
    await eventually(async () => assert.equal(await breeds.getByRole("listitem").count(), 7));
    await breeds.getByRole("button", { name: "icelandic", exact: true }).click();
    await verdictOf(page, "80 %").waitFor();
    await eventually(async () => assert.equal(await page.locator("#field-breed").inputValue(), "icelandic"));
    await page
      .getByRole("slider", { name: "Magic points that the ride took, slider", exact: true })
      .press("Home");
    await verdictOf(page, "17 %").waitFor();
  });

  it("draws what was found over an image: of a sample, of a file, and of the clipboard", async () => {
    await session.goto("try/image-validation");
    await page.getByRole("button", { name: "A unicorn's silhouette", exact: true }).click();
    await verdictOf(page, "Unicorn validated").waitFor();
    await eventually(async () => assert.equal(await page.locator(".boxed rect").count(), 1));
    await page.locator("input[type=file]").setInputFiles(path.join(IMAGES, "coffee.webp"));
    await verdictOf(page, "Unable to validate Unicorn").waitFor();
    await resultOf(page).getByRole("listitem").filter({ hasText: "cup" }).waitFor();

    for (const event of ["drop", "paste"] as const) {
      await page.getByRole("button", { name: "A unicorn drawn in lines", exact: true }).click();
      await verdictOf(page, "Unable to validate Unicorn").waitFor();
      await giveFile(page.locator(".drop"), event, path.join(IMAGES, "horse.jpg"));
      await verdictOf(page, "Unicorn validated").waitFor();
    }
  });

  it("sends an address, draws over the image that is there, and shows why another was rejected", async () => {
    const server = createServer((_, response) => response.end(readFileSync(path.join(IMAGES, "horse.jpg"))));
    const url = `${await listen(server)}/horse.jpg`;
    await session.goto("try/image-validation");
    await page.getByRole("button", { name: "Address", exact: true }).click();
    await page.locator("#field-url").fill(url);
    await page.getByRole("button", { name: "Predict", exact: true }).click();
    await verdictOf(page, "Unicorn validated").waitFor();
    await page.locator(".boxed img").waitFor();
    await eventually(async () => assert.ok((await page.locator(".boxed rect").count()) > 0));
    await page.locator("#field-url").fill("file:///etc/passwd");
    await page.getByRole("button", { name: "Predict", exact: true }).click();
    await resultOf(page).locator(".notice.bad").waitFor();
  });

  it("uploads a scene, lays the mask over it, and shows its bands and its scenes", async () => {
    await session.goto("try/smoke-segmentation");
    await page.getByRole("button", { name: "A plume and a veil of cloud", exact: true }).click();
    await verdictOf(page, "20 %").waitFor();
    const [scene, mask] = [page.locator(".scene canvas").first(), page.locator(".scene canvas").last()];
    const natural = await eventually(async () => {
      const opacity = "return element.getContext('2d').getImageData(0, 0, 1, 1).data[3]";
      assert.equal(await inPage(scene, opacity), 255);
      return inPage(scene, "return element.toDataURL()");
    });
    await page.getByRole("combobox", { name: "Red", exact: true }).selectOption("swir2");
    await eventually(async () => assert.notEqual(await inPage(scene, "return element.toDataURL()"), natural));
    await page.getByRole("slider", { name: "Mask", exact: true }).press("Home");
    await eventually(async () => assert.equal(await inPage(mask, "return element.style.opacity"), "0"));

    await page
      .locator("input[type=file]")
      .setInputFiles(path.join(ROOT, "functions/smoke-segmentation/samples/smoke.npy"));
    await verdictOf(page, "30 %").waitFor();
    await page.getByText("96 × 96 × 6").waitFor();
  });

  it("reads a mask that is too large for a response of its bucket", async () => {
    const file = path.join(folder, "large.npy");
    writeFileSync(file, npyFile("|u1", [2, 700, 700, 6]));
    await session.goto("try/smoke-segmentation");
    await page.locator("input[type=file]").setInputFiles(file);
    await verdictOf(page, "0 %").waitFor();
    await page.getByRole("spinbutton", { name: "Scene", exact: true }).fill("2");
    await page.getByText("Response", { exact: true }).click();
    await page.locator(".result .json").getByText('"output"').waitFor();
  });

  it("says what is wrong with a file that is no scene", async () => {
    const file = path.join(folder, "text.npy");
    writeFileSync(file, "no array");
    await session.goto("try/smoke-segmentation");
    await page.locator("input[type=file]").setInputFiles(file);
    await resultOf(page).locator(".notice.bad").waitFor();
  });

  it("asks a model of the bucket by its signature, and one that is dropped", async () => {
    await session.goto("try/open-inference");
    await page.getByRole("button", { name: "A virginica", exact: true }).click();
    await verdictOf(page, "virginica").first().waitFor();
    await session.requireGood();
    await page.getByRole("textbox", { name: "pl", exact: true }).fill("1.4");
    await page.getByRole("textbox", { name: "pw", exact: true }).fill("0.2");
    await page.getByRole("button", { name: "Predict", exact: true }).click();
    await verdictOf(page, "setosa").first().waitFor();

    const file = path.join(folder, "Times seven!.onnx");
    writeFileSync(file, scaleModel(7));
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("models/Times-seven-/1/model.onnx is in the bucket").waitFor();
    await page.getByRole("textbox", { name: "x", exact: true }).fill("6");
    await page.getByRole("button", { name: "Predict", exact: true }).click();
    await verdictOf(page, "42").waitFor();
    writeFileSync(file, "no model");
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("models/Times-seven-/2/model.onnx is in the bucket.", { exact: true }).waitFor();
    await page.getByRole("alert").getByText("It is no ONNX model").waitFor();
    await page.getByRole("combobox", { name: "Model", exact: true }).selectOption("Times-seven-, version 1");
    await page.getByRole("textbox", { name: "x", exact: true }).fill("six");
    await page.getByRole("button", { name: "Predict", exact: true }).click();
    await resultOf(page).locator(".notice.bad").waitFor();
  });

  it("has the same request in other languages, which follows the form", async () => {
    await session.goto("try/iris");
    const code = page.getByRole("region", { name: "The same request as code", exact: true });
    await page.getByRole("textbox", { name: "Sepal length in cm", exact: true }).fill("5.25");
    await code.getByText('-d \'{"sl":5.25,').waitFor();
    await code.getByRole("button", { name: "Python", exact: true }).click();
    await code.getByText('json={"sl": 5.25,').waitFor();
    await code.getByRole("button", { name: "JavaScript", exact: true }).click();
    await code.getByText("await fetch(").waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await code.getByRole("button", { name: "Copy", exact: true }).click();
    await eventually(async () =>
      assert.match(
        String(await page.evaluate("navigator.clipboard.readText()")),
        /^const response = await fetch\(/,
      ),
    );
  });

  it("has the file of a sample, which the code reads, saved", async () => {
    const files = { "image-validation": "image.png", "smoke-segmentation": "smoke-uint16.npy" };
    const starts = { "image-validation": "\x89PNG", "smoke-segmentation": "\x93NUMPY" };
    for (const name of ["image-validation", "smoke-segmentation"] as const) {
      await session.goto(`try/${name}`);
      await page.getByRole("group", { name: "Try", exact: true }).getByRole("button").first().click();
      await page.locator(".result .badge.ok").waitFor();
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Save the file", exact: true }).click(),
      ]);
      const code = page.getByRole("region", { name: "The same request as code", exact: true }).locator("pre");
      await code.getByText(saved.suggestedFilename()).waitFor();
      assert.equal(saved.suggestedFilename(), files[name]);
      assert.equal(
        readFileSync(await saved.path())
          .toString("latin1")
          .startsWith(starts[name]),
        true,
      );
    }
  });

  const looks: Readonly<Record<string, PageLook>> = {
    "at a phone's width": { width: 390 },
    "in the dark": { isDark: true },
    "at a phone's width in the dark": { width: 390, isDark: true },
  };
  for (const [what, look] of Object.entries(looks)) {
    it(`shows every model without a fault ${what}`, async () => {
      const other = await PageSession.open(cloud.pageAddress, look);
      const models = other.page.getByRole("navigation", { name: "Models", exact: true }).getByRole("link");
      const names = await eventually(async () => {
        assert.equal(await models.count(), 6);
        return models.allTextContents();
      });
      for (const name of names) {
        await other.goto(`try/${name}`);
        await other.page.getByRole("region", { name: "Result", exact: true }).waitFor();
        await other.page.getByText("About the model").click();
        await other.requireGood();
      }
      await other.close();
    });
  }
});
