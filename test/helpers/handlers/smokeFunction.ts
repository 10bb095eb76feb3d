import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { LocalS3, roleKey } from "../services/localS3";
import { callHttp, type EventForm, HTTP_FORMS, type HttpResponse } from "./eventForms";
import { loadHandler } from "./loadHandler";

const BUCKET = "uploads";

/** The permissions that the stack gives the function, and nothing more. */
const STATEMENTS = [
  { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: `arn:aws:s3:::${BUCKET}/*` },
  { Effect: "Allow", Action: "s3:ListBucket", Resource: `arn:aws:s3:::${BUCKET}` },
];

const VARIABLES = [
  "AWS_REGION",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_ENDPOINT_URL_S3",
  "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME",
  "UPLOAD_BUCKET",
  "ENDPOINT_NAME",
];

/** Smoke segmentation's handler beside a real local S3, in the role that the stack gives it. */
export class SmokeFunction {
  readonly bucket = BUCKET;
  readonly #kept: readonly (readonly [string, string | undefined])[];
  readonly #user: S3Client;

  private constructor(
    kept: readonly (readonly [string, string | undefined])[],
    readonly s3: LocalS3,
    user: S3Client,
    readonly handler: ReturnType<typeof loadHandler>,
  ) {
    this.#kept = kept;
    this.#user = user;
  }

  static async start(environment: Record<string, string> = {}): Promise<SmokeFunction> {
    const s3 = await LocalS3.start(BUCKET);
    s3.rolePolicy = STATEMENTS;
    const kept = VARIABLES.map((name) => [name, process.env[name]] as const);
    for (const name of VARIABLES) delete process.env[name];
    const handler = loadHandler("smoke-segmentation", {
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "ROLE",
      AWS_SECRET_ACCESS_KEY: roleKey.secretAccessKey,
      AWS_SESSION_TOKEN: roleKey.sessionToken ?? "",
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      UPLOAD_BUCKET: BUCKET,
      ...environment,
    });
    return new SmokeFunction(kept, s3, s3.client(), handler);
  }

  async put(key: string, body: Uint8Array): Promise<void> {
    await this.#user.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
  }

  async get(key: string): Promise<Buffer> {
    const { Body } = await this.#user.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** Posts a JSON body, to inference unless another path is given. */
  post(body: unknown, path = "/", form: EventForm = HTTP_FORMS[0] as EventForm): Promise<HttpResponse> {
    return callHttp(this.handler, form, "smoke-segmentation", { path, body: JSON.stringify(body) });
  }

  /** Puts a file and has it segmented. */
  async infer(file: Uint8Array, key = "scene.npy"): Promise<HttpResponse> {
    await this.put(key, file);
    return this.post({ bucket: BUCKET, file_name: key });
  }

  async stop(): Promise<void> {
    await this.s3.stop();
    for (const [name, value] of this.#kept) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
