/** The least that responds: a handler that does nothing. */
export async function handler(): Promise<{ statusCode: number; body: string }> {
  return { statusCode: 200, body: "{}" };
}
