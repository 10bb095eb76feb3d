import { numberBetween, readEnv } from "./env";

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MB_PER_PROCESSOR = 1769;

/** vCPUs that Lambda gives a function for its memory, rounded: 1 to 6. */
export function processors(): number {
  const { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory } = readEnv({
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: numberBetween(128, 10_240, 1024),
  });
  return Math.max(1, Math.round(memory / MB_PER_PROCESSOR));
}
