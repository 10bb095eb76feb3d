import { sdkGet } from "./sdkGet";
import { serveObject } from "./serveObject";

export const handler = serveObject(sdkGet);
