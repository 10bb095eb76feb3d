import { AwsError } from "../http/awsError";
import type { IncomingRequest, StreamedResponse } from "../http/message";
import { callEndpoint } from "./api/callEndpoint";
import { getEndpoint, listEndpoints } from "./api/endpoints";
import { getImage } from "./api/image";
import { getObject, putObject } from "./api/objectBytes";
import { upload } from "./api/upload";
import type { ApiCall } from "./apiCall";

type Handler = (call: ApiCall) => Promise<StreamedResponse> | StreamedResponse;

/** The API, as docs/page.md describes it; `*` is one segment of a path. */
const ROUTES: Readonly<Record<string, Handler>> = {
  "GET /api/endpoints": listEndpoints,
  "GET /api/endpoints/*": getEndpoint,
  "POST /api/call": callEndpoint,
  "PUT /api/upload": upload,
  "GET /api/objects/*/*": getObject,
  "PUT /api/objects/*/*": putObject,
  "GET /api/image": getImage,
};

/** @throws AwsError  There is no such route. */
export function findRoute({ method, rawPath }: IncomingRequest): {
  handle: Handler;
  parameters: readonly string[];
} {
  const asked = rawPath.split("/").map(decode);
  const methods: string[] = [];
  for (const [route, handle] of Object.entries(ROUTES)) {
    const [routeMethod = "", path = ""] = route.split(" ");
    const segments = path.split("/");
    const fits =
      segments.length === asked.length &&
      segments.every((segment, index) => segment === "*" || segment === asked[index]);
    if (!fits) continue;
    methods.push(routeMethod);
    if (routeMethod === method)
      return { handle, parameters: asked.filter((_, index) => segments[index] === "*") };
  }
  if (methods.length > 0) {
    throw new AwsError("MethodNotAllowed", 405, `${rawPath} takes ${methods.join(" and ")} only.`, {
      headers: [["allow", methods.join(", ")]],
    });
  }
  throw new AwsError("NotFound", 404, `The page's API has no ${rawPath.slice(0, 100)}.`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
