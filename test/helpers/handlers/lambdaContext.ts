import type { LambdaContext } from "../../../functions/shared/events";

/** The one context that handler tests invoke with. */
export const lambdaContext: LambdaContext = { awsRequestId: "8f507cfc-1111-4aaa-9bbb-000000000001" };
