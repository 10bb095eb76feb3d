import type { Action } from "../action";
import { writeXml } from "../wire/writeXml";

export const getBucketLocation: Action = async (call) => {
  await call.require("s3:GetBucketLocation");
  const { region } = call.options;
  // us-east-1, the first region, has no name here.
  return { body: writeXml("LocationConstraint", region === "us-east-1" ? "" : region) };
};
