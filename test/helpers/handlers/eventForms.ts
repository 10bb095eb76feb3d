import { lambdaContext } from "./lambdaContext";

type Handler = (event: unknown, context?: { awsRequestId: string }) => Promise<unknown>;

export interface HttpRequest {
  readonly method?: string;
  /** Within the endpoint. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly base64?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A way to call a handler over HTTP: how the event looks when the request comes in this way. */
export interface EventForm {
  readonly name: string;
  event(endpoint: string, request: HttpRequest): unknown;
}

const bodyOf = ({ body, base64 }: HttpRequest) =>
  body === undefined
    ? { body: null, isBase64Encoded: false }
    : base64 || Buffer.isBuffer(body)
      ? { body: Buffer.from(body).toString("base64"), isBase64Encoded: true }
      : { body, isBase64Encoded: false };

/** Function URL (payload format 2.0) and REST API (1.0), as AWS shapes them; fields that handlers may read. */
export const HTTP_FORMS: readonly EventForm[] = [
  {
    name: "function URL",
    event: (_endpoint, request) => ({
      version: "2.0",
      routeKey: "$default",
      rawPath: request.path ?? "/",
      rawQueryString: "",
      headers: { host: "abc.lambda-url.us-east-1.on.aws", "x-forwarded-proto": "https", ...request.headers },
      requestContext: {
        http: { method: request.method ?? "POST", path: request.path ?? "/", protocol: "HTTP/1.1" },
        stage: "$default",
      },
      ...bodyOf(request),
    }),
  },
  {
    name: "REST API",
    event: (endpoint, request) => {
      const path = `/${endpoint}${request.path === "/" ? "" : (request.path ?? "")}`;
      const headers: Record<string, string> = {
        Host: "abc.execute-api.us-east-1.amazonaws.com",
        "X-Forwarded-Proto": "https",
        ...request.headers,
      };
      return {
        resource: path,
        path,
        httpMethod: request.method ?? "POST",
        headers,
        multiValueHeaders: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, [value]]),
        ),
        queryStringParameters: null,
        multiValueQueryStringParameters: null,
        pathParameters: null,
        requestContext: {
          resourcePath: path,
          httpMethod: request.method ?? "POST",
          path: `/prod${path}`,
          stage: "prod",
        },
        ...bodyOf(request),
      };
    },
  },
];

/** Invokes a handler by an HTTP event. */
export async function callHttp(
  handler: Handler,
  form: EventForm,
  endpoint: string,
  request: HttpRequest,
): Promise<HttpResponse> {
  const result = (await handler(form.event(endpoint, request), lambdaContext)) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
    isBase64Encoded: boolean;
  };
  const body = result.isBase64Encoded ? Buffer.from(result.body, "base64").toString() : result.body;
  return { status: result.statusCode, headers: result.headers, body };
}
