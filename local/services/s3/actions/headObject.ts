import type { HeadObjectRequest } from "@aws-sdk/client-s3";
import { defineAction } from "../action";
import { findReadable } from "../findVersion";
import { describeObject } from "../objectHeaders";
import { GET_OBJECT } from "../parameters";

export const headObject = defineAction<HeadObjectRequest>("HeadObject", GET_OBJECT, async (call) => {
  const { status, headers } = describeObject(call, await findReadable(call));
  return { status, headers };
});
