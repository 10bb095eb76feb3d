import { subscribe } from "node:diagnostics_channel";

const CURE = "name the file x.integration.test.ts";

/** Fails unit tests (`npm run test:unit`) that start a process or a server. */
subscribe("child_process", () => {
  // Mocha starts its workers.
  if (process.env.MOCHA_WORKER_ID === undefined) return;
  throw new Error(`A unit test starts no process: ${CURE}.`);
});
subscribe("tracing:net.server.listen:asyncStart", () => {
  throw new Error(`A unit test starts no server: ${CURE}.`);
});
