import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerResourceOptions,
  EnforcementLevel,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { RULES } from "../../policy/rules";

const PACK = path.resolve(__dirname, "../../policy");

describe("the policy pack, started as Pulumi starts it", () => {
  let host: ChildProcess;
  let client: AnalyzerClient;

  before(async () => {
    host = spawn(
      process.execPath,
      [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", "."],
      {
        cwd: PACK,
        stdio: ["ignore", "pipe", "inherit"],
        // As the engine starts a pack: with the stack's configuration, as it gives it to a program.
        env: {
          ...process.env,
          PULUMI_NODEJS_PROJECT: "paddock",
          PULUMI_CONFIG: JSON.stringify({ "paddock:policyProfile": "strict" }),
        },
      },
    );
    const [port] = (await once(host.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    client = new AnalyzerClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
  });

  after(async () => {
    client.close();
    host.kill();
    await once(host, "exit");
  });

  it("The pack names every rule to the engine", async () => {
    const info = await new Promise<AnalyzerInfo>((resolve, reject) =>
      client.getAnalyzerInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    assert.equal(info.getName(), "paddock");
    assert.deepEqual(
      info
        .getPoliciesList()
        .map((policy) => policy.getName())
        .sort(),
      RULES.map(({ name }) => name).sort(),
    );
  });

  it("The pack judges a resource that the engine sends, by the stack's own profile", async () => {
    const options = new AnalyzerResourceOptions();
    options.setCustomtimeouts(new AnalyzerResourceOptions.CustomTimeouts());
    const request = new AnalyzeRequest();
    request.setType("aws:cloudwatch/logGroup:LogGroup");
    request.setName("iris");
    request.setUrn("urn:pulumi:dev::paddock::aws:cloudwatch/logGroup:LogGroup::iris");
    request.setProperties(Struct.fromJavaScript({ tags: { project: "paddock", stack: "dev" } }));
    request.setOptions(options);
    const response = await new Promise<AnalyzeResponse>((resolve, reject) =>
      client.analyze(request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    assert.deepEqual(
      response
        .getDiagnosticsList()
        .map((diagnostic) => [
          diagnostic.getPolicyname(),
          diagnostic.getEnforcementlevel(),
          diagnostic.getMessage(),
        ]),
      [
        [
          "logs-retention",
          EnforcementLevel.MANDATORY,
          "kept for ever; allowed: 7 to 3653 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
        ],
      ],
    );
  });
});
