import { hash } from "node:crypto";

/** The setting `pulumi:autonaming`: https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming-configuration */
interface Naming {
  readonly mode?: "default" | "verbatim" | "disabled";
  readonly pattern?: string;
}
interface ProviderNaming extends Naming {
  readonly resources?: Readonly<Record<string, Naming>>;
}
interface AutoNaming extends Naming {
  readonly providers?: Readonly<Record<string, ProviderNaming>>;
}

/** Proposes a physical name for a resource; `undefined` for the provider's own. */
export type ProposeName = (resource: {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}) => string | undefined;

/** Reads how the stack's resources are named; what the engine makes at random is made of the URN here. */
export function readAutoNaming(
  config: Readonly<Record<string, string>>,
  { project, stack }: { readonly project: string; readonly stack: string },
): ProposeName {
  const setting = parseSetting(config["pulumi:autonaming"] ?? "{}");
  return ({ type, name, urn }) => {
    const provider = own(setting.providers, type.split(":")[0]);
    const candidates = [own(provider?.resources, type), provider, setting];
    const naming = candidates.find((one) => one?.pattern !== undefined || one?.mode !== undefined);
    if (naming?.mode === "verbatim") return name;
    return naming?.pattern?.replace(
      /\$\{(\w+)(?:\.(\w+)|\((\d+)\))?\}/g,
      (whole, word: string, key, length) => {
        if (word === "config") return config[`${project}:${key}`] ?? whole;
        return (
          own({ name, project, stack, organization: "organization" }, word) ??
          randomText(word, Number(length), urn) ??
          whole
        );
      },
    );
  };
}

/** @throws Error  It is no object. */
function parseSetting(text: string): AutoNaming {
  let setting: unknown;
  try {
    setting = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (typeof setting === "object" && setting !== null && !Array.isArray(setting)) return setting;
  throw new Error(
    `\`pulumi:autonaming\` is ${text.slice(0, 100)}; it must be an object, such as {"mode": "verbatim"}.`,
  );
}

/** Configuration is anybody's: a name may be that of a property which every object has. */
function own<T>(values: Readonly<Record<string, T>> = {}, name = ""): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function randomText(kind: string, length: number, urn: string): string | undefined {
  const digest = hash("sha256", urn);
  switch (kind) {
    case "hex":
    case "alphanum":
      return digest.slice(0, length);
    case "string":
      return digest
        .replace(/\d/g, (digit) => String.fromCharCode("g".charCodeAt(0) + Number(digit)))
        .slice(0, length);
    case "num":
      return BigInt(`0x${digest}`).toString().slice(0, length);
    case "uuid":
      return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
    default:
      return undefined;
  }
}
