import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const METHOD = "aws:apigateway/method:Method";
const DEPLOYMENT = "aws:apigateway/deployment:Deployment";

/**
 * Has every method of the REST API ask for an API key, beside what `apiAuth` asks for: a key counts and bounds the use
 * of a caller, and is no proof of who it is. Call it before the first resource of `index.ts`.
 */
export function requireApiKeys(): void {
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    // Browsers send no key with preflight requests.
    if (type === METHOD && props.httpMethod !== "OPTIONS") {
      return { props: { ...props, apiKeyRequired: true }, opts };
    }
    // A deployment is a snapshot: it has to be made anew.
    if (type === DEPLOYMENT) {
      return { props: { ...props, triggers: { ...props.triggers, apiKeys: "required" } }, opts };
    }
    return undefined;
  });
}

/**
 * A plan for the API's stage, with a key for each caller. Call it behind `const api` in `index.ts`, and export what it
 * returns: the values of the keys, as secrets.
 */
export function usagePlan(
  stage: aws.apigateway.Stage,
  callers: readonly string[],
  tags: Readonly<Record<string, string>>,
): Record<string, pulumi.Output<string>> {
  const plan = new aws.apigateway.UsagePlan("usage-plan", {
    description: "Callers of the REST API",
    apiStages: [{ apiId: stage.restApi, stage: stage.stageName }],
    quotaSettings: { limit: 1_000_000, period: "MONTH" },
    throttleSettings: { burstLimit: 50, rateLimit: 20 },
    tags,
  });
  return Object.fromEntries(
    callers.map((caller) => {
      const key = new aws.apigateway.ApiKey(`caller-${caller}`, { description: caller, tags });
      new aws.apigateway.UsagePlanKey(`caller-${caller}`, {
        keyId: key.id,
        keyType: "API_KEY",
        usagePlanId: plan.id,
      });
      return [caller, key.value];
    }),
  );
}
