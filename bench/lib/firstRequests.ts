import http from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { bundleFunction } from "../../infra/packaging/bundleFunction";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import { readFolder } from "../../infra/packaging/readFolder";
import { temporaryGateway } from "../../test/helpers/services/temporaryGateway";
import { zipFunction } from "../../test/helpers/services/zipFunction";
import type { Variant } from "./benchmark";
import { writeLayer } from "./bundledFunctions";

/**
 * Measures the first request to a function URL of the local cloud after a deployment, in milliseconds.
 *
 * @param endpoint  One with a bundled model.
 * @param body      Of the request.
 */
export function firstRequests(name: string, endpoint: string, body: string, folder: string): Variant {
  return {
    name,
    async start() {
      const { deploy, service, gateway, close } = await temporaryGateway();
      writeLayer(folder);
      const native = buffers(readFolder(path.join(folder, "layer"), "nodejs/node_modules/"));
      const archive = await zipFunction(path.join(folder, "layer.zip"), native);
      const { arn } = await service.putLayer("onnxruntime", { archive });
      const source = path.join(PROJECT_ROOT, "functions", endpoint);
      const files = buffers({
        ...bundleFunction(source).files,
        ...readFolder(path.join(source, "model"), "model/"),
      });
      const environment = { MODEL_FILE: "model/model.onnx", ORT_DISABLE_TELEMETRY: "1" };
      let deployments = 0;
      const deployNext = () => {
        // Another archive each time.
        const next = { ...files, "deployment.txt": String(deployments++) };
        return deploy(endpoint, next, { layers: [arn], memorySize: 1024, environment });
      };
      await deployNext();
      const anyone = { principal: "*", functionUrlAuthType: "NONE" };
      for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])
        service.addPermission(endpoint, { ...anyone, statementId: action, action });
      const url = { urlId: endpoint, functionName: endpoint, authorizationType: "NONE" } as const;
      const address = await gateway.putFunctionUrl(url, "http://127.0.0.1:0");
      return {
        async round() {
          await deployNext();
          const started = performance.now();
          await post(address, body);
          return [performance.now() - started];
        },
        close,
      };
    },
  };
}

function post(address: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(address, { method: "POST" }, async (response) => {
      const answer = await text(response);
      if (response.statusCode === 200) resolve();
      else reject(new Error(`${response.statusCode} ${answer}`));
    });
    request.on("error", reject).end(body);
  });
}

function buffers(files: Readonly<Record<string, Uint8Array>>): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}
