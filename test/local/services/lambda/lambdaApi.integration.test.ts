import assert from "node:assert/strict";
import path from "node:path";
import type { Listening } from "../../../../local/http/serve";
import { serve } from "../../../../local/http/serve";
import { IamService } from "../../../../local/services/iam/iamService";
import { lambdaFront } from "../../../../local/services/lambda/lambdaApi";
import type { RequestReport } from "../../../../local/services/lambda/requestReport";
import { type SigningKey, signedFetch } from "../../../helpers/http/signedFetch";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";
import { eventually } from "../../../helpers/time/eventually";

describe("Lambda's HTTP API", () => {
  let lambda: TemporaryLambda;
  let server: Listening;
  let iam: IamService;
  const requests: RequestReport[] = [];
  const faults: string[] = [];
  before(async () => {
    lambda = temporaryLambda();
    await lambda.deploy(
      "f",
      "exports.handler = async (event) => { if (event.fail) throw new Error('no'); process.stdout.write('line\\n'); return event }",
      { publish: true, description: "gives back its event", environment: { A: "b" }, tags: { team: "x" } },
    );
    lambda.service.putAlias("f", { name: "live", functionVersion: "1", description: "answers" });
    const keyFile = path.join(lambda.dataDir, "key.json");
    iam = new IamService({ accountId: "123456789012", region: "eu-west-1", keyFile });
    server = await serve(
      "http://127.0.0.1:0",
      lambdaFront({
        service: lambda.service,
        callers: iam,
        functionUrls: {
          find: (name, qualifier) =>
            name === "f" && qualifier === "live"
              ? {
                  address: "http://127.0.0.1:1",
                  authorizationType: "NONE",
                  cors: { allowOrigins: ["*"] },
                  created: "2026-01-02T03:04:05.678Z",
                  lastModified: "2026-01-02T03:04:06.789Z",
                }
              : undefined,
        },
        onRequest: (report) => requests.push(report),
        log: (line) => faults.push(line),
      }),
    );
  });
  after(async () => {
    await server.close();
    await lambda.close();
  });

  async function request(
    method: "GET" | "POST",
    pathAndQuery: string,
    {
      body,
      headers = {},
      credentials = iam.rootKey,
    }: { body?: string | Uint8Array; headers?: Record<string, string>; credentials?: SigningKey } = {},
  ) {
    const signing = { credentials, service: "lambda", region: "eu-west-1", method, headers } as const;
    const response = await signedFetch(server.address + pathAndQuery, body, signing);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  }

  const invoke = (
    name: string,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
    query = "",
    credentials?: SigningKey,
  ) =>
    request("POST", `/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`, {
      body,
      headers,
      credentials,
    });

  const read = async (pathAndQuery: string) => {
    const { status, body } = await request("GET", pathAndQuery);
    return [status, JSON.parse(body)];
  };

  it("invokes a function and gives its response and version", async () => {
    const { status, headers, body } = await invoke("f", '{"a":1}', {}, "?Qualifier=1");
    assert.deepEqual(
      [
        status,
        headers["content-type"],
        headers["x-amz-executed-version"],
        headers["x-amz-function-error"],
        body,
      ],
      [200, "application/json", "1", undefined, '{"a":1}'],
    );
  });

  it("says that the function failed, with the end of its log when asked", async () => {
    const { status, headers, body } = await invoke("f", '{"fail":true}', { "x-amz-log-type": "Tail" });
    assert.deepEqual(
      [status, headers["x-amz-function-error"], JSON.parse(body).errorMessage],
      [200, "Unhandled", "no"],
    );
    const tail = Buffer.from(String(headers["x-amz-log-result"]), "base64").toString("utf8");
    assert.match(
      tail,
      /^START RequestId: .+\tERROR\tInvoke Error\t?.+REPORT RequestId: [^\n]+Status: error\tError Type: Error$/s,
    );
  });

  it("takes asynchronous requests and dry runs, and names no version that ran, as recorded on AWS", async () => {
    for (const [type, status] of [
      ["Event", 202],
      ["DryRun", 204],
    ] as const) {
      const answer = await invoke("f", "{}", { "x-amz-invocation-type": type });
      assert.deepEqual(
        [answer.status, answer.body, answer.headers["x-amz-executed-version"]],
        [status, "", undefined],
      );
    }
  });

  for (const [title, call, expected] of [
    [
      "an unknown function",
      () => invoke("g", "{}"),
      [
        404,
        "ResourceNotFoundException",
        {
          Type: "User",
          Message: "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:g:$LATEST",
        },
      ],
    ],
    [
      "another operation",
      () => request("GET", "/2015-03-31/layers"),
      [
        404,
        "UnknownOperationException",
        {
          Type: "User",
          message:
            "The local Lambda API knows only InvokeFunction, ListFunctions, GetFunction, GetFunctionConfiguration, ListAliases, GetAlias, UpdateAlias, ListVersionsByFunction, DeleteFunction, GetFunctionUrlConfig",
        },
      ],
    ],
    [
      "a second qualifier that is not the first",
      () => invoke("f:1", "{}", {}, "?Qualifier=live"),
      [
        400,
        "InvalidParameterValueException",
        {
          Type: "User",
          message: "The derived qualifier from the function name does not match the specified qualifier.",
        },
      ],
    ],
    [
      "another region's function",
      () => invoke("arn:aws:lambda:us-east-1:123456789012:function:f", "{}"),
      [
        404,
        "ResourceNotFoundException",
        {
          Type: "User",
          Message: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
        },
      ],
    ],
    [
      "a client context that is not JSON",
      () => invoke("f", "{}", { "x-amz-client-context": Buffer.from("{").toString("base64") }),
      [
        400,
        "InvalidRequestContentException",
        { Type: "User", message: "Client context must be a valid Base64-encoded JSON object." },
      ],
    ],
    [
      "a payload over 6 MB",
      () => invoke("f", `"${"x".repeat(6_291_455)}"`),
      [
        413,
        "RequestEntityTooLargeException",
        {
          Type: "User",
          message:
            "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)",
        },
      ],
    ],
  ] as const) {
    it(`rejects ${title} in Lambda's words`, async () => {
      const { status, headers, body } = await call();
      assert.deepEqual([status, headers["x-amzn-errortype"], JSON.parse(body)], expected);
    });
  }

  it("names each constraint that name and qualifier break, as recorded on AWS", async () => {
    const name =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";
    const elsewhere = `arn:aws:lambda:nowhere:123456789012:function:${"a".repeat(170)}`;
    const broken = (value: string, member: string, constraint: string) =>
      `Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`;
    const pattern = "satisfy regular expression pattern: ";
    const long = "a".repeat(129);
    for (const [path, ...violations] of [
      [
        "/2015-03-31/functions/f?Qualifier=a!",
        broken("a!", "qualifier", `${pattern}\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`),
      ],
      ["/2015-03-31/functions/f!", broken("f!", "functionName", pattern + name)],
      [
        `/2015-03-31/functions/${encodeURIComponent(elsewhere)}?Qualifier=${long}`,
        broken(long, "qualifier", "have length less than or equal to 128"),
        broken(elsewhere, "functionName", pattern + name),
      ],
      ...["1", "$LATEST"].map((version) => [
        `/2021-10-31/functions/f/url?Qualifier=${version}`,
        broken(version, "qualifier", `${pattern}((?!^\\d+$)^[0-9a-zA-Z-_]+$)`),
      ]),
    ] as [string, ...string[]][]) {
      const [status, { message }] = await read(path);
      const count = violations.length === 1 ? "1 validation error" : `${violations.length} validation errors`;
      assert.deepEqual([status, message], [400, `${count} detected: ${violations.join("; ")}`]);
    }
    const [status, { Message }] = await read("/2015-03-31/functions/f?Qualifier=$latest");
    assert.deepEqual(
      [status, Message],
      [404, "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:f:$latest"],
    );
  });

  for (const [what, payload] of [
    ["JSON", "{"],
    ["UTF-8", Buffer.from([0x22, 0x87, 0x22])],
  ] as const) {
    it(`rejects a payload that is not ${what}`, async () => {
      const { status, headers, body } = await invoke("f", payload);
      assert.deepEqual([status, headers["x-amzn-errortype"]], [400, "InvalidRequestContentException"]);
      assert.match(
        JSON.parse(body).message,
        /^Could not parse request body into json: Could not parse payload into json: /,
      );
    });
  }

  it("names the request by one id in the response, the context and the log", async () => {
    await lambda.deploy("id", "exports.handler = async (event, context) => context.awsRequestId");
    const { headers, body } = await invoke("id", "{}", { "x-amz-log-type": "Tail" });
    const tail = Buffer.from(String(headers["x-amz-log-result"]), "base64").toString("utf8");
    assert.deepEqual(
      [JSON.parse(body), /^START RequestId: (\S+) /.exec(tail)?.[1]],
      [headers["x-amzn-requestid"], headers["x-amzn-requestid"]],
    );
  });

  it("answers 403 to whoever has not signed, whatever the path", async () => {
    for (const name of ["f", "%", "g"]) {
      const address = `${server.address}/2015-03-31/functions/${name}/invocations`;
      const response = await fetch(address, {
        method: "POST",
        headers: { "content-type": "text/plain", origin: "https://example.com" },
        body: "{}",
      });
      assert.deepEqual(
        [response.status, response.headers.get("x-amzn-errortype")],
        [403, "MissingAuthenticationTokenException"],
      );
    }
    assert.deepEqual(faults, []);
  });

  it("answers 400 to a name that is not URL-encoded UTF-8", async () => {
    const { status, headers } = await request("POST", "/2015-03-31/functions/%ff/invocations", {
      body: "{}",
    });
    assert.deepEqual([status, headers["x-amzn-errortype"], faults], [400, "ValidationException", []]);
  });

  it("lets a role do what its policies or the function's allow, and nothing else", async () => {
    const arn = "arn:aws:lambda:eu-west-1:123456789012:function:f";
    const role = "arn:aws:iam::123456789012:role/caller";
    const key = iam.credentials(role, "session");
    const tried = async (qualifier: string) => (await invoke("f", "{}", {}, qualifier, key)).status;
    const before = await tried("");
    iam.putRolePolicy("caller", "invoke", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: arn }],
    });
    lambda.service.addPermission("f", {
      statementId: "s",
      action: "lambda:InvokeFunction",
      principal: role,
      qualifier: "live",
    });
    assert.deepEqual(
      [before, await tried(""), await tried("?Qualifier=1"), await tried("?Qualifier=live")],
      [403, 200, 403, 200],
    );
    const { headers, body } = await request("GET", "/2015-03-31/functions/", { credentials: key });
    assert.deepEqual(
      [headers["x-amzn-errortype"], JSON.parse(body).message],
      [
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/caller/session is not authorized to perform: lambda:ListFunctions on resource: * because no identity-based policy allows the lambda:ListFunctions action",
      ],
    );
  });

  it("describes a function as GetFunction does, by its alias", async () => {
    const [status, { Configuration, Code, Tags }] = await read("/2015-03-31/functions/f?Qualifier=live");
    const { CodeSha256, CodeSize, LastModified, RevisionId, ...configuration } = Configuration;
    assert.equal(status, 200);
    assert.match(CodeSha256, /^[\w+/]{43}=$/);
    assert.ok(CodeSize > 0);
    assert.match(LastModified, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    assert.match(RevisionId, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.deepEqual([Code.RepositoryType, Tags], ["S3", { team: "x" }]);
    assert.deepEqual(configuration, {
      FunctionName: "f",
      FunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:f:live",
      Runtime: "nodejs22.x",
      Role: "arn:aws:iam::123456789012:role/test",
      Handler: "index.handler",
      Description: "gives back its event",
      Timeout: 60,
      MemorySize: 256,
      Version: "1",
      Environment: { Variables: { A: "b" } },
      TracingConfig: { Mode: "PassThrough" },
      State: "Active",
      LastUpdateStatus: "Successful",
      PackageType: "Zip",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
    });
    assert.deepEqual((await read("/2015-03-31/functions/f/configuration?Qualifier=live"))[1], Configuration);
  });

  it("lists functions, a page at a time, and their versions when asked for all", async () => {
    await lambda.deploy("e", "exports.handler = async () => 1");
    const names = async (query: string) => {
      const [, { Functions, NextMarker }] = await read(`/2015-03-31/functions/${query}`);
      return [Functions.map((one: { FunctionArn: string }) => one.FunctionArn.slice(47)), NextMarker];
    };
    assert.deepEqual(await names("?MaxItems=1"), [["e"], "1"]);
    assert.deepEqual((await names("?FunctionVersion=ALL&MaxItems=3"))[0], ["e:$LATEST", "f:$LATEST", "f:1"]);
    assert.deepEqual(await read("/2015-03-31/functions?FunctionVersion=1"), [
      400,
      {
        Type: "User",
        message:
          "1 validation error detected: Value '1' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]",
      },
    ]);
  });

  it("lists functions without the state that GetFunction shows, as recorded on AWS", async () => {
    const [, { Functions }] = await read("/2015-03-31/functions/?FunctionVersion=ALL");
    const listed = Functions.find((one: { FunctionArn: string }) => one.FunctionArn.endsWith(":f:1"));
    const { State, LastUpdateStatus, ...shown } = (
      await read("/2015-03-31/functions/f/configuration?Qualifier=1")
    )[1];
    assert.deepEqual([State, LastUpdateStatus], ["Active", "Successful"]);
    assert.deepEqual(listed, shown);
    const latest = (await read("/2015-03-31/functions/f/configuration"))[1];
    assert.notEqual(latest.RevisionId, shown.RevisionId);
  });

  it("lists a function's aliases and shows its URL", async () => {
    const arn = "arn:aws:lambda:eu-west-1:123456789012:function:f:live";
    const [, { Aliases }] = await read("/2015-03-31/functions/f/aliases");
    const [{ RevisionId, ...alias }] = Aliases;
    assert.match(RevisionId, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.deepEqual(alias, { AliasArn: arn, Name: "live", FunctionVersion: "1", Description: "answers" });
    assert.deepEqual(await read("/2021-10-31/functions/f/url?Qualifier=live"), [
      200,
      {
        FunctionUrl: "http://127.0.0.1:1/",
        FunctionArn: arn,
        AuthType: "NONE",
        CreationTime: "2026-01-02T03:04:05.678Z",
        LastModifiedTime: "2026-01-02T03:04:06.789Z",
        Cors: { AllowOrigins: ["*"] },
        InvokeMode: "BUFFERED",
      },
    ]);
    assert.deepEqual(await read("/2021-10-31/functions/f/url"), [
      404,
      { Type: "User", Message: "The resource you requested does not exist." },
    ]);
  });

  it("says why a request is throttled", async () => {
    lambda.service.putReservedConcurrency("f", 0);
    const { status, body } = await invoke("f", "{}");
    lambda.service.putReservedConcurrency("f", undefined);
    assert.deepEqual(
      [status, JSON.parse(body)],
      [
        429,
        {
          Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
          Type: "User",
          message: "Rate Exceeded.",
        },
      ],
    );
  });

  it("Lambda's HTTP API reports each request", async () => {
    requests.length = 0;
    await invoke("f:1", "{}");
    const [{ durationMs, invocation, ...report }] = requests.filter(({ method }) => method === "Invoke") as [
      RequestReport,
    ];
    assert.deepEqual(
      { ...report, durationMs: typeof durationMs, version: invocation?.version },
      {
        via: "invoke",
        method: "Invoke",
        path: "f:1",
        status: 200,
        functionName: "f",
        durationMs: "number",
        version: "1",
      },
    );
  });

  it("Lambda's HTTP API reports calls by AWS's names, and the run of an event when it is over", async () => {
    // Events of other tests may still run.
    await lambda.deploy("g", "exports.handler = async () => 'done'", { publish: true });
    lambda.service.putAlias("g", { name: "live", functionVersion: "1" });
    requests.length = 0;
    await invoke("g", "{}", {}, "?Qualifier=1");
    await invoke("g:live", "{}", { "x-amz-invocation-type": "DryRun" });
    await request("GET", "/2015-03-31/functions");
    await request("GET", "/2015-03-31/functions/g/aliases/live");
    await request("GET", "/2015-03-31/layers");
    await invoke("g", "{}", { "x-amz-invocation-type": "Event" });
    const told = await eventually(async () => {
      const own = requests.filter(({ path }) => !path.startsWith("f"));
      assert.equal(own.length, 7);
      return own.map(({ method, path, status, invocation }) => [method, path, status, invocation?.status]);
    });
    assert.deepEqual(told.slice(0, 5), [
      ["Invoke", "g:1", 200, "success"],
      ["DryRun", "g:live", 204, undefined],
      ["ListFunctions", "", 200, undefined],
      ["GetAlias", "g", 200, undefined],
      ["GET", "/2015-03-31/layers", 404, undefined],
    ]);
    assert.deepEqual(told.slice(5).sort(), [
      ["Event", "g", 200, "success"],
      ["Event", "g", 202, undefined],
    ]);
  });
});
