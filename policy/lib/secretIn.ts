/** AWS's own example key, which documentation is full of. */
const EXAMPLE_KEY = "AKIAIOSFODNN7EXAMPLE";

const PATTERNS: Readonly<Record<string, RegExp>> = {
  "an AWS access key": /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\\nr]+[A-Za-z0-9+/=]{40}/,
  "a GitHub token": /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/,
  "a GitLab token": /\bglpat-[A-Za-z0-9_-]{20,}/,
  "a Hugging Face token": /\bhf_[A-Za-z0-9]{30,}\b/,
  "an npm token": /\bnpm_[A-Za-z0-9]{36}\b/,
  "a key of OpenAI or Anthropic": /\bsk-(?:proj|svcacct|ant)-[A-Za-z0-9_-]{20,}/,
  "a Stripe key": /\b[rs]k_live_[A-Za-z0-9]{20,}\b/,
  "a Slack token": /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/,
  "a password in an address": /\b[a-z][a-z0-9+]*:\/\/[^\s:/@]+:[^\s:/@]{3,}@/,
};

/** In data by chance: a model's bytes hold any short text some day. */
const IN_DATA = ["an AWS access key", "a private key", "a GitHub token"];

/** Finds what looks like a secret by its form, and names its kind, e.g. `an AWS access key`. */
export function secretByForm(
  text: string,
  forms: readonly string[] = Object.keys(PATTERNS),
): string | undefined {
  const searched = text.replaceAll(EXAMPLE_KEY, "");
  return forms.find((form) => PATTERNS[form]?.test(searched));
}

/**
 * Finds in a file what looks like a secret: by its form, or by secretlint's rules, which know the examples of
 * documentation.
 *
 * @param path  Of a text; data is searched for the plainest forms only.
 */
export async function secretIn(text: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return secretByForm(text, IN_DATA);
  return secretByForm(text) ?? (await secretByLint(text, path));
}

/** Words near which a token is, so that other files are spared the slower search. */
const WORTH_A_LOOK = /secret|token|key|password|passwd|credential|:\/\/[^\s/]+@|BEGIN /i;

async function secretByLint(content: string, path: string): Promise<string | undefined> {
  if (!WORTH_A_LOOK.test(content)) return undefined;
  const [{ lintSource }, { creator }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  const id = "@secretlint/secretlint-rule-preset-recommend";
  const { messages } = await lintSource({
    source: { filePath: `/${path}`, content, ext: "", contentType: "text" },
    options: { config: { rules: [{ id, rule: creator }] } },
  });
  const [found] = messages;
  // "found AWS Secret Access Key: wJal…": what follows is the secret itself.
  return found?.message.replace(/^found (.*?):.*$/s, "$1").slice(0, 100);
}
