/** How Lambda words the end of a function's time. @param timeout seconds */
export function timeoutMessage(timeout: number): string {
  return `Task timed out after ${timeout.toFixed(2)} seconds`;
}
