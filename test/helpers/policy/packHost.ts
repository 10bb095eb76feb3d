import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerResourceOptions,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A policy pack that is served, asked as the engine asks it. */
export class PackHost {
  readonly #host: ChildProcess;
  readonly #client: AnalyzerClient;

  private constructor(host: ChildProcess, port: string) {
    this.#host = host;
    this.#client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  /** Starts a command that serves a pack and prints its port. */
  static async start(
    command: string,
    args: readonly string[],
    options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
  ): Promise<PackHost> {
    const host = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "inherit"] });
    const failed = once(host, "exit").then(() => Promise.reject(new Error("The pack ended at once.")));
    const port = once(host.stdout as NodeJS.ReadableStream, "data") as Promise<[Buffer]>;
    failed.catch(() => undefined);
    return new PackHost(host, String(await Promise.race([port, failed])).trim());
  }

  async end(): Promise<void> {
    this.#client.close();
    this.#host.kill();
    await once(this.#host, "exit");
  }

  info(): Promise<AnalyzerInfo> {
    return new Promise((resolve, reject) =>
      this.#client.getAnalyzerInfo(new Empty(), (error, response) =>
        error ? reject(error) : resolve(response),
      ),
    );
  }

  /** The pack's violations of a resource: policy, level and message of each violation. */
  async analyze(
    urn: string,
    properties: Record<string, JavaScriptValue>,
  ): Promise<[string, number, string][]> {
    const [, , type = "", name = ""] = urn.split("::");
    const options = new AnalyzerResourceOptions();
    options.setCustomtimeouts(new AnalyzerResourceOptions.CustomTimeouts());
    const request = new AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(urn);
    request.setProperties(Struct.fromJavaScript(properties));
    request.setOptions(options);
    const response = await new Promise<AnalyzeResponse>((resolve, reject) =>
      this.#client.analyze(request, (error, response) => (error ? reject(error) : resolve(response))),
    );
    return response
      .getDiagnosticsList()
      .map((one) => [one.getPolicyname(), one.getEnforcementlevel(), one.getMessage()]);
  }
}
