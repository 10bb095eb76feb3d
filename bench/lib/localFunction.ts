import { temporaryGateway } from "../../test/helpers/services/temporaryGateway";
import type { Server } from "./serverProcess";

/** Serves an empty handler at a function URL of the local cloud, with every service that `npm start` has. */
export async function serve(): Promise<Server> {
  const { deploy, service, gateway, log, requests, close } = await temporaryGateway();
  await deploy("empty", "exports.handler = async () => ({ statusCode: 200, body: '{}' })");
  const anyone = { principal: "*", functionUrlAuthType: "NONE" };
  for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])
    service.addPermission("empty", { ...anyone, statementId: action, action });
  const url = { urlId: "empty", functionName: "empty", authorizationType: "NONE" } as const;
  // Kept for tests only.
  setInterval(() => {
    log.length = requests.length = 0;
  }, 1000);
  return { address: await gateway.putFunctionUrl(url, "http://127.0.0.1:0"), close };
}
