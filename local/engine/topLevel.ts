/** The property that a path such as `environment.variables.A` or `layers[0]` begins with. */
export function topLevel(path: string): string {
  return path.split(/[.[]/)[0] as string;
}
