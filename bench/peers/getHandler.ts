import { sdkGet } from "./sdkGet";

const { BUCKET = "" } = process.env;

/** Gets the object of the request's breed by the AWS SDK, and does nothing with it. */
export async function handler({ body }: { readonly body: string }): Promise<object> {
  const { breed } = JSON.parse(body) as { readonly breed: string };
  const object = await sdkGet(BUCKET, `breeds/${breed}/model.tar.gz`);
  return { statusCode: 200, body: String(object.length) };
}
