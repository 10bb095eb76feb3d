import type * as aws from "@pulumi/aws";
import type { InputsOf } from "../../../resources/resourceType";
import { required, served } from "../../../resources/treatment";
import type { PreviewOf } from "../../../resources/value";

/** The properties that name a status of a method, in its own responses and in its integration's. */
export const methodStatus = {
  properties: {
    httpMethod: required,
    region: served,
    resourceId: required,
    restApi: required,
    statusCode: required,
  },
  replaceOn: ["restApi", "resourceId", "httpMethod", "statusCode"],
  deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
} as const;

type MethodStatus = Pick<
  PreviewOf<InputsOf<typeof aws.apigateway.MethodResponse>>,
  "restApi" | "resourceId" | "httpMethod" | "statusCode"
>;

/** @param prefix  `agmr` or `agir`, as AWS's provider begins the ids of the two. */
export function methodStatusId(prefix: string, status: MethodStatus): string {
  const { restApi, resourceId, httpMethod, statusCode } = status;
  return [prefix, restApi, resourceId, httpMethod, statusCode].map(String).join("-");
}
