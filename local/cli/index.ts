/** Front door: the local cloud that serves a program, as `npm start` runs it. */

export { LocalCloud, type LocalCloudOptions } from "./localCloud";
export { serveEngineCloud } from "./serveEngineCloud";
