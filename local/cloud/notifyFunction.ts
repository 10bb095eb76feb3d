import type { LambdaService } from "../services/lambda/lambdaService";
import { eventReport, type RequestReport } from "../services/lambda/requestReport";
import type { S3Event } from "../services/s3/s3Event";
import { ACCOUNT_ID } from "./accountId";

/** Hands an event of S3 to a function that lets S3 call it. */
export async function notifyFunction(
  lambda: LambdaService,
  functionArn: string,
  event: S3Event,
  onRequest: ((report: RequestReport) => void) | undefined,
): Promise<void> {
  const [, , , , , , functionName = "", qualifier] = functionArn.split(":");
  const sourceArn = event.Records[0]?.s3.bucket.arn;
  const decision = lambda.authorize(functionName, qualifier, {
    action: "lambda:InvokeFunction",
    principal: "s3.amazonaws.com",
    context: { "aws:SourceArn": sourceArn, "aws:SourceAccount": ACCOUNT_ID },
  });
  if (decision !== "allowed") {
    throw new Error(`${functionArn} has no permission for s3.amazonaws.com on behalf of ${sourceArn}`);
  }
  const payload = Buffer.from(JSON.stringify(event));
  const [{ eventName = "", s3 } = {}] = event.Records;
  await lambda.invokeLater(functionArn, undefined, payload, {
    onRun: (invocation) =>
      onRequest?.(
        eventReport(invocation, {
          via: "s3",
          method: eventName,
          path: `s3://${s3?.bucket.name}/${s3?.object.key}`,
        }),
      ),
  });
}
