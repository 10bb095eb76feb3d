import fs from "node:fs";
import path from "node:path";
import { LocalCloud } from "@paddock/local/cli";
import type { Page } from "playwright-core";
import { freePorts } from "../helpers/cloud/freePorts";
import { PageSession } from "../helpers/page/pageSession";
import { describeWith } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { writeProject } from "../helpers/program/writeProject";
import { zipFunction } from "../helpers/services/zipFunction";

const DESCRIPTION = { request: { type: "object", properties: { wind: { type: "number" } } }, response: {} };
const HANDLER = `exports.handler = async () => ({ statusCode: 200, body: ${JSON.stringify(JSON.stringify(DESCRIPTION))} });`;

const programOf = (...names: readonly string[]) => `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const role = new aws.iam.Role("role", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
export const urls = ${JSON.stringify(names)}.map((name) => {
  const code = new pulumi.asset.FileArchive(__dirname + "/function.zip");
  const made = new aws.lambda.Function(name, { role: role.arn, runtime: "nodejs22.x", handler: "index.handler", code });
  const everyone = { function: made.name, principal: "*" };
  new aws.lambda.Permission(name + "-url", { ...everyone, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
  new aws.lambda.Permission(name, { ...everyone, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
  return new aws.lambda.FunctionUrl(name, { functionName: made.name, authorizationType: "NONE" }).functionUrl;
});
`;

describeWith("chromium", "A page that stays open", () => {
  let cloud: LocalCloud;
  let projectDir: string;
  let basePort: number;
  let page: Page;
  const dataDir = temporaryFolder();
  const start = async () => {
    cloud = await LocalCloud.start({ projectDir, stack: "dev", basePort, dataDir, config: {} });
  };
  before(async () => {
    projectDir = writeProject(programOf("first"));
    await zipFunction(path.join(projectDir, "function.zip"), { "index.js": HANDLER });
    basePort = await freePorts();
    await start();
    ({ page } = await PageSession.open(cloud.pageAddress));
  });
  after(() => cloud?.close());

  it("shows an endpoint that the program declares later by itself", async () => {
    await page.getByRole("heading", { name: "first", exact: true }).waitFor();
    fs.writeFileSync(path.join(projectDir, "index.ts"), programOf("first", "second"));
    await cloud.update();
    await page.getByRole("link", { name: "second", exact: true }).click();
    await page.getByRole("heading", { name: "second", exact: true }).waitFor();
  });

  it("keeps what was filled in while the local cloud starts again, and goes on with it", async () => {
    const wind = page.getByRole("textbox", { name: "Wind (optional)", exact: true });
    await wind.fill("17");
    await cloud.close();
    await page.getByRole("alert").getByText("The local cloud does not answer.").waitFor();
    await start();
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Predict", exact: true }).click();
    await page.locator(".result .badge.ok").waitFor();
    await page.locator('pre:text("\\"wind\\":17")').waitFor();
  });

  it("shows requests from before until the local cloud runs again, and then its new ones", async () => {
    await page.getByRole("link", { name: "Watch", exact: true }).click();
    const rows = page.locator(".requests tbody tr");
    await rows.first().waitFor();
    await cloud.close();
    await page.getByRole("alert").getByText("The local cloud does not answer.").waitFor();
    await rows.first().waitFor();
    await start();
    await page.getByRole("heading", { name: "No requests yet", exact: true }).waitFor();
    await page.getByRole("alert").waitFor({ state: "detached" });
    await fetch((cloud.outputs.urls as string[])[0] ?? "");
    await rows.first().waitFor();
  });

  it("asks for the address of the terminal where its secret is another one, and takes it in the same tab", async () => {
    const address = cloud.pageAddress;
    await page.goto(new URL("/#secret=wrong", address).href);
    await page.getByRole("heading", { name: "This page needs another secret", exact: true }).waitFor();
    await page.goto(address);
    await page.getByRole("heading", { name: "first", exact: true }).waitFor();
  });

  it("asks for the address of the terminal where it has no secret", async () => {
    const other = await PageSession.open(new URL("/", cloud.pageAddress).href);
    await other.page.getByRole("heading", { name: "This page needs its secret", exact: true }).waitFor();
    await other.requireGood();
    await other.close();
  });
});
