import fs from "node:fs";
import path from "node:path";
import type { Platform } from "../platform";
import { installForPlatform } from "./installForPlatform";
import { PROJECT_ROOT } from "./paths";
import { readFolder } from "./readFolder";
import type { ArchiveFiles } from "./writeArchive";

/** Files that are loaded at run time, and the licenses; not the sources, headers, ES modules and types beside it. */
const LOADED = /(\.(cjs|js|json|node|dll|dylib)|\.so(\.[\d.]+)?|LICENSE[^/]*)$/;
const LEFT_OUT = /^(src|install|bin|test)\/|\/include\//;

/**
 * sharp as a platform's function loads it: its JavaScript, its native part and libvips, about 18 MB. What `npm ci`
 * installed for this machine where that is the platform, else what npm installs for it.
 *
 * @param prefix  In front of the paths, e.g. `nodejs/`.
 */
export function sharpFiles(platform: Platform, prefix: string): ArchiveFiles {
  const isHost = platform.os === process.platform && platform.cpu === process.arch;
  const modules = isHost ? path.join(PROJECT_ROOT, "node_modules") : installForPlatform("sharp", platform);
  const native = nativePackage(modules, platform);
  const libvips = native.replace("sharp-", "sharp-libvips-");
  const packages = ["sharp", "@img/colour", "detect-libc", "semver", native, libvips];
  return Object.assign(
    {},
    ...packages.map((name) => {
      const folder = findPackage(modules, name);
      // Windows has libvips in the native package.
      if (folder === undefined) return {};
      return Object.fromEntries(
        Object.entries(readFolder(folder))
          .filter(([file]) => LOADED.test(file) && !LEFT_OUT.test(file) && !file.startsWith("node_modules/"))
          .map(([file, bytes]) => [`${prefix}node_modules/${name}/${file}`, bytes]),
      );
    }),
  );
}

/** sharp's own copy of a package, or the one of all. */
function findPackage(modules: string, name: string): string | undefined {
  const places = [path.join(modules, "sharp", "node_modules", name), path.join(modules, name)];
  return places.find((folder) => fs.existsSync(path.join(folder, "package.json")));
}

/** Two for Linux: which one `npm ci` installed depends on the C library. */
function nativePackage(modules: string, { os, cpu }: Platform): string {
  const names = [`@img/sharp-${os}-${cpu}`, `@img/sharp-${os}musl-${cpu}`];
  const found = names.find((name) => findPackage(modules, name) !== undefined);
  if (found === undefined) {
    throw new Error(
      `sharp's package for ${os}/${cpu} (${names[0]}) is not installed: run \`npm ci\`, which takes optional packages unless told otherwise.`,
    );
  }
  return found;
}
