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

/** What a text holds that looks like a secret, e.g. `an AWS access key`. */
export function secretIn(text: string): string | undefined {
  const searched = text.replaceAll(EXAMPLE_KEY, "");
  return Object.entries(PATTERNS).find(([, pattern]) => pattern.test(searched))?.[0];
}
