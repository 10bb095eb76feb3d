import { subscribe } from "node:diagnostics_channel";

const CURE = "name the file x.integration.test.ts";

/** Fails unit tests (`npm run test:unit`) that start a process or a server. */
subscribe("child_process", () => {
  throw new Error(`A unit test starts no process: ${CURE}.`);
});
subscribe("tracing:net.server.listen:asyncStart", () => {
  throw new Error(`A unit test starts no server: ${CURE}.`);
});
