import { hash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { InferenceFunction } from "../inferenceFunction";
import type { Settings } from "../settings";

export interface FunctionUrlArgs {
  readonly function: InferenceFunction;
  readonly settings: Pick<Settings, "functionUrlAuth" | "corsOrigins" | "allowedPrincipals">;
}

/** A function's own HTTPS address, on its alias `live`. */
export class FunctionUrl extends pulumi.ComponentResource {
  /** Ends in `/`. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: FunctionUrlArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:FunctionUrl", name, {}, opts);
    const { function: fn, settings } = args;
    // Lambda deletes them with the function.
    const child = { parent: this, deletedWith: fn.function };
    const target = { functionName: fn.alias.functionName, qualifier: fn.alias.name };

    const url = new aws.lambda.FunctionUrl(
      name,
      {
        ...target,
        authorizationType: settings.functionUrlAuth,
        cors: settings.corsOrigins.length > 0 ? cors(settings.corsOrigins) : undefined,
      },
      child,
    );
    const { functionUrlAuth } = settings;
    const allow = (prefix: string, principal: string) => {
      const caller = { function: target.functionName, qualifier: target.qualifier, principal };
      // Since October 2025 AWS requires both; with only one, every caller gets 403:
      // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
      new aws.lambda.Permission(
        `${prefix}-invoke-url`,
        { ...caller, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: functionUrlAuth },
        child,
      );
      new aws.lambda.Permission(
        `${prefix}-invoke-function`,
        { ...caller, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
        child,
      );
    };
    if (functionUrlAuth === "NONE") allow(name, "*");
    else {
      // Named after the principal: one that leaves the list does not move the others.
      for (const one of settings.allowedPrincipals) allow(`${name}-${hash("sha256", one).slice(0, 7)}`, one);
    }
    this.url = url.functionUrl;
    this.registerOutputs({ url: this.url });
  }
}

function cors(origins: readonly string[]) {
  return {
    allowOrigins: [...origins],
    // Function URLs answer OPTIONS themselves and do not accept that method here.
    allowMethods: ["GET", "POST"],
    allowHeaders: ["*"],
    exposeHeaders: ["x-request-id"],
    maxAge: 3600,
  };
}
