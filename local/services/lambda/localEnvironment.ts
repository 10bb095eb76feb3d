import path from "node:path";
import type { FunctionVersion } from "./functionVersion";

/**
 * EVERYTHING a function's environment has on this machine that it would not have on Lambda. It makes the same archive
 * find the same things here; a handler asks for one of it by name only, `PADDOCK_FETCH_LOOPBACK`.
 *
 * - `NODE_PATH`, `LD_LIBRARY_PATH`, `PATH`: as on Lambda, with the layers' folder in place of `/opt`
 * - `AWS_ENDPOINT_URL_*`: the local services, in place of AWS's
 * - `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`: on Lambda the role's, here the local cloud's
 * - `TMPDIR`: the instance's own `/tmp`
 * - `PADDOCK_FETCH_LOOPBACK`: a URL in a request may be of this machine. On Lambda the Runtime API listens there, so a
 *   rule of the policy pack forbids to declare it
 * - values that begin with the mount path of the function's file system begin with its folder instead
 * - `AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED`: Lambda has a Node.js that the SDK does not warn of
 * - `SystemRoot` on Windows, without which Node.js has no sockets there
 */
export function localEnvironment(
  version: FunctionVersion,
  local: {
    readonly runtimeFolder: string;
    readonly temporaryFolder: string;
    readonly endpoints: Readonly<Record<string, string>>;
    readonly credentials: Credentials;
    /** Folder behind the function's file system. */
    readonly mountFolder: string | undefined;
  },
): Record<string, string> {
  const { configuration, taskRoot, optFolder } = version;
  const list = (...folders: string[]) => folders.join(path.delimiter);
  const opt = optFolder ?? path.join(local.temporaryFolder, "opt");
  const nodeMajor = /^nodejs(\d+)\./.exec(configuration.runtime)?.[1] ?? "22";
  return {
    NODE_PATH: list(
      path.join(opt, `nodejs/node${nodeMajor}/node_modules`),
      path.join(opt, "nodejs/node_modules"),
      local.runtimeFolder,
      taskRoot,
    ),
    LD_LIBRARY_PATH: list(taskRoot, path.join(taskRoot, "lib"), path.join(opt, "lib")),
    PATH: list("/usr/local/bin", "/usr/bin", "/bin", path.join(opt, "bin")),
    PADDOCK_FETCH_LOOPBACK: "1",
    TMPDIR: local.temporaryFolder,
    ...local.endpoints,
    AWS_ACCESS_KEY_ID: local.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: local.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: local.credentials.sessionToken,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...(process.platform === "win32" && { SystemRoot: process.env.SystemRoot ?? "C:\\Windows" }),
    ...rewriteMounts(configuration, local.mountFolder),
  };
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

function rewriteMounts(
  configuration: FunctionVersion["configuration"],
  folder: string | undefined,
): Record<string, string> {
  const mount = configuration.fileSystem?.localMountPath;
  if (mount === undefined || folder === undefined) return {};
  return Object.fromEntries(
    Object.entries(configuration.environment)
      .filter(([, value]) => value === mount || value.startsWith(`${mount}/`))
      .map(([name, value]) => [name, path.join(folder, value.slice(mount.length))]),
  );
}
