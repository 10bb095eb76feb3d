/**
 * Makes something when it is first asked for, and keeps it.
 *
 * @param make  Loads a file of the archive by `module.require`: the bundler would follow a plain `require`, and import
 *   the file at the start. In a bundle all files lie in one folder.
 */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
