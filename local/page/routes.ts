import { AwsError } from "../http/awsError";
import type { IncomingRequest, StreamedResponse } from "../http/message";
import { callEndpoint } from "./api/callEndpoint";
import { getEndpoint, listEndpoints } from "./api/endpoints";
import { getImage } from "./api/image";
import { getObject, putObject } from "./api/objectBytes";
import { getRequest, replay, streamRequests } from "./api/requests";
import { getOpenApi, getPolicy, listPackages, listResources } from "./api/resources";
import { listStore, listStores, showFile } from "./api/stores";
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
  "GET /api/requests": streamRequests,
  "GET /api/requests/*": getRequest,
  "POST /api/replay": replay,
  "GET /api/resources": listResources,
  "GET /api/packages": listPackages,
  "GET /api/openapi": getOpenApi,
  "GET /api/policy": getPolicy,
  "GET /api/stores": listStores,
  "GET /api/stores/*/*": listStore,
  "GET /api/stores/*/*/*": showFile,
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
