import { readStackConfig } from "@paddock/local/program";
import { parseExceptions, type StackExceptions } from "./exceptions";
import { isProfile, PROFILES, type Profile } from "./profile";

/** The pack's settings in a stack's own configuration. */
export interface StackSettings {
  readonly profile: Profile;
  readonly exceptions: StackExceptions;
}

/** Configuration by full name (`project:key`); structured values as they are, or as JSON. */
type Config = Readonly<Record<string, unknown>>;

/** The settings of a stack of which nothing is known. */
export const DEFAULT_SETTINGS: StackSettings = {
  profile: "baseline",
  exceptions: { exceptions: [], mistakes: [] },
};

/** Reads a stack's settings from its configuration. A mistake in them is for the rule `stack-exceptions` to report. */
export function settingsIn(config: Config, project: string): StackSettings {
  const key = (name: string) => `${project}:${name}`;
  const profile = config[key("policyProfile")] ?? DEFAULT_SETTINGS.profile;
  const { exceptions, mistakes } = parseExceptions(
    plain(config[key("policyExceptions")]) ?? [],
    key("policyExceptions"),
  );
  if (isProfile(profile)) return { profile, exceptions: { exceptions, mistakes } };
  const mistake = `\`${key("policyProfile")}: ${profile}\` is not one of ${PROFILES.join(", ")}`;
  return { profile: DEFAULT_SETTINGS.profile, exceptions: { exceptions, mistakes: [...mistakes, mistake] } };
}

/** Reads a stack's settings from the project's files. */
export function readStackSettings(projectDir: string, stack: string): StackSettings {
  const { config, project } = readStackConfig(projectDir, stack, {}, true);
  return settingsIn(config, project);
}

/** The engine hands a structured value over as JSON. */
function plain(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
