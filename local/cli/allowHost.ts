import { type Option, UsageError } from "./command";

/** `--allow-host`: names beside the loopback's, e.g. a forwarded port's. */
export const allowHost: Option<readonly string[]> = {
  placeholder: "NAME",
  help: "answer requests for that host, and the names below it, too (may be repeated)",
  parse: (given) =>
    given.map((name) => {
      const isName = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/i.test(name);
      if (isName) return name.toLowerCase();
      throw new UsageError(
        `--allow-host must be a name like host.docker.internal, without scheme and port, is "${name}".`,
      );
    }),
};
