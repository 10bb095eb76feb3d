import { serveObject } from "./serveObject";
import { signedGet } from "./signedGet";

export const handler = serveObject(signedGet);
