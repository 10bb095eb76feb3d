import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileOf, type Model, modelsOf } from "../../lib/models";
import { ownValue } from "../../lib/packages/ownValue";
import { type StackContext, stackRule } from "../../lib/rule";

export const lambdaModelPinned = stackRule({
  name: "lambda-model-pinned",
  title: "A function serves the very model that it was deployed with",
  why: "Whoever may write to the bucket decides what a model that is served by its key only answers. Here that is what users ask for (what is uploaded answers the next request), so it is off. A model in a package is part of it; one on the file system is what its card says.",
  cure: "Give the function the object's version or digest (`…_VERSION_ID`, `…_SHA256` in its environment) and have it checked; list a volume's file with its `sha256` in its card.json.",
  severity: "medium",
  tier: "optional",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/RetrievingObjectVersions.html",
  types: ["aws:lambda/function:Function"],
  async check(fn, context) {
    const variables = Object.keys(fn.props.environment?.variables ?? {});
    const isPinned = variables.some((name) => /_(VERSION_ID|SHA256)$/.test(name));
    const loose: Model[] = [];
    for (const model of await modelsOf(fn, context)) {
      if (model.from === "bucket" && !isPinned) loose.push(model);
      if (model.from === "volume" && !(await isInCard(model, context))) loose.push(model);
    }
    return loose.map(({ name, from }) => ({
      found:
        from === "bucket" ? `${name} by its key only` : `${name}, which no card.json lists with its digest`,
      allowed: from === "bucket" ? "a version or a digest" : "the file's sha256 in its card.json",
    }));
  },
});

/** Looks for the model's digest in the `card.json` beside it, an object of the stack as well. */
async function isInCard({ object }: Model, { stack, root }: StackContext<unknown>): Promise<boolean> {
  const key = object?.props.key ?? "";
  const beside = `${path.posix.dirname(key)}/card.json`;
  const card = stack.ofType("aws:s3/bucketObjectv2:BucketObjectv2").find(({ props }) => props.key === beside);
  const [file, text] = [object && (await fileOf(object, root)), card && (await textOf(card, root))];
  if (file === undefined || text === undefined) return false;
  return text.includes(hash("sha256", fs.readFileSync(file)));
}

async function textOf(
  object: NonNullable<Model["object"]>,
  root: string | undefined,
): Promise<string | undefined> {
  const file = await fileOf(object, root);
  return file === undefined ? ownValue<string>(object.props.source, "text") : fs.readFileSync(file, "utf8");
}
