/** Whether an address range is the whole internet. */
export function isAnywhere(range: string | undefined): range is string {
  return range === "0.0.0.0/0" || range === "::/0";
}
