import assert from "node:assert/strict";
import path from "node:path";
import { LocalCloud } from "@paddock/local/cli";
import type { Page } from "playwright-core";
import { freePorts } from "../helpers/cloud/freePorts";
import { PageSession } from "../helpers/page/pageSession";
import { describeWith } from "../helpers/process/describeWith";
import { writeProject } from "../helpers/program/writeProject";
import { zipFunction } from "../helpers/services/zipFunction";
import { eventually } from "../helpers/time/eventually";

/** Functions of no model that the project knows; the second says nothing of itself, and the third has long words for everything. */
const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const role = new aws.iam.Role("role", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
for (const name of ["sailing", "silent", "wordy"]) {
  const code = new pulumi.asset.FileArchive(__dirname + "/" + name + ".zip");
  const made = new aws.lambda.Function(name, { role: role.arn, runtime: "nodejs22.x", handler: "index.handler", code });
  const everyone = { function: made.name, principal: "*" };
  new aws.lambda.Permission(name + "-url", { ...everyone, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
  new aws.lambda.Permission(name, { ...everyone, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
  new aws.lambda.FunctionUrl(name, { functionName: made.name, authorizationType: "NONE" });
}
`;

const DESCRIPTION = {
  description: "Says whether to sail.",
  paths: ["/"],
  request: {
    type: "object",
    properties: {
      wind: { type: "number", minimum: 0, maximum: 60, description: "Wind in knots" },
      sky: { enum: ["clear", "stormy"], description: "The sky" },
      boat: { type: "object", properties: { hasReef: { type: "boolean" } }, required: [] },
    },
    required: ["wind"],
  },
  response: {
    "application/json": {
      type: "object",
      properties: { odds: { type: "array", items: { type: "number" } } },
    },
  },
  card: {
    title: "Sailing today",
    description: "Says whether to sail in a wind.",
    origin: "this test",
    samples: [{ title: "A breeze", request: { wind: 12, sky: "clear", boat: { hasReef: true } } }],
    outputs: [{ name: "odds", labels: ["stay", "sail"] }],
    notes: [],
  },
};

const HANDLER = `exports.handler = async (event) => {
  if (event.requestContext.http.method === "GET") return { statusCode: 200, body: ${JSON.stringify(JSON.stringify(DESCRIPTION))} };
  const { wind, sky } = JSON.parse(event.isBase64Encoded ? Buffer.from(event.body, "base64") : event.body);
  if (typeof wind !== "number") return { statusCode: 400, body: JSON.stringify({ message: "wind is odd", errors: [{ path: "wind", message: "is odd" }] }) };
  const stay = sky === "stormy" ? 1 : wind / 60;
  return { statusCode: 200, body: JSON.stringify({ odds: [stay, 1 - stay] }) };
};`;

const WORD = "pneumonoultramicroscopicsilicovolcanoconiosis".repeat(3);

const WORDY_DESCRIPTION = {
  request: {
    type: "object",
    properties: {
      [WORD]: { type: "number", description: `${WORD} in km` },
      choice: { enum: [WORD, "other"], description: WORD },
      kind: { type: "string", examples: [WORD, `${WORD}s`] },
    },
    required: [WORD],
  },
  response: {
    "application/json": {
      type: "object",
      properties: { odds: { type: "object", additionalProperties: { type: "number" } } },
    },
  },
  card: {
    title: WORD,
    description: WORD,
    origin: WORD,
    metrics: { [WORD]: 0.5 },
    notes: [WORD],
    samples: [{ title: WORD, request: { [WORD]: 1, choice: WORD } }],
  },
};

const WORDY = `exports.handler = async ({ requestContext: { http } }) => ({
  statusCode: 200,
  body: JSON.stringify(http.method === "GET" ? ${JSON.stringify(WORDY_DESCRIPTION)} : { odds: { ${WORD}: 0.9, other: 0.1 } }),
});`;

const SILENT = "exports.handler = async () => ({ statusCode: 200, body: '<b>hello</b>' });";

describeWith("chromium", "A model that the page has never seen", () => {
  let cloud: LocalCloud;
  let session: PageSession;
  let page: Page;
  before(async () => {
    const projectDir = writeProject(PROGRAM);
    await zipFunction(path.join(projectDir, "sailing.zip"), { "index.js": HANDLER });
    await zipFunction(path.join(projectDir, "silent.zip"), { "index.js": SILENT });
    await zipFunction(path.join(projectDir, "wordy.zip"), { "index.js": WORDY });
    cloud = await LocalCloud.start({ projectDir, stack: "dev", basePort: await freePorts(), config: {} });
    session = await PageSession.open(cloud.pageAddress);
    page = session.page;
  });
  after(() => cloud?.close());
  afterEach(() => session.requireGood());

  it("appears with a form, samples and a view that are made of its schema and its card", async () => {
    await session.goto("try/sailing");
    await page.getByRole("heading", { name: "Sailing today", exact: true }).waitFor();
    const shares = page.locator(".result [aria-live]").getByRole("listitem");
    const shareOf = (label: string, share: string) =>
      shares.filter({ hasText: label }).getByText(share, { exact: true });
    await shareOf("sail", "80 %").waitFor();
    await page.getByRole("combobox", { name: "The sky (optional)", exact: true }).selectOption("stormy");
    await shareOf("stay", "100 %").waitFor();
    await page.getByRole("button", { name: "A breeze", exact: true }).click();
    await shareOf("sail", "80 %").waitFor();
    await page.getByRole("textbox", { name: "Wind in knots", exact: true }).fill("much");
    await page.locator("#field-wind-error").getByText("is odd", { exact: true }).waitFor();
    const code = page.getByRole("region", { name: "The same request as code", exact: true }).locator("pre");
    await eventually(async () => assert.match((await code.textContent()) ?? "", /"boat":\{"hasReef":true\}/));
  });

  it("is said to describe nothing where that is so, and what it answers is not run", async () => {
    await session.goto("try/silent");
    await page.getByRole("alert").waitFor();
    await eventually(async () => assert.equal(await page.locator("main b").count(), 0));
  });

  it("keeps words of any length within the page, on a wide screen and on a phone", async () => {
    for (const width of [1440, 390]) {
      const other = await PageSession.open(cloud.pageAddress, { width });
      await other.goto("try/wordy");
      await other.page.locator(".result .verdict strong").getByText(WORD, { exact: true }).waitFor();
      await other.page.getByRole("region", { name: "Side by side, by kind", exact: true }).waitFor();
      await other.page.getByText("About the model", { exact: true }).click();
      await other.requireGood();
      await other.close();
    }
  });
});
