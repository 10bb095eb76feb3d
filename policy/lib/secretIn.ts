/** AWS's own example key, which documentation is full of. */
const EXAMPLE_KEY = "AKIAIOSFODNN7EXAMPLE";

const PATTERNS: Readonly<Record<string, RegExp>> = {
  "an AWS access key": /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\\nr]+[A-Za-z0-9+/=]{40}/,
  "a GitHub token": /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  "a Slack token": /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/,
  "a password in an address": /\b[a-z][a-z0-9+]*:\/\/[^\s:/@]+:[^\s:/@]{3,}@/,
};

/** What a text holds that looks like a secret, e.g. `an AWS access key`. */
export function secretIn(text: string): string | undefined {
  const searched = text.replaceAll(EXAMPLE_KEY, "");
  return Object.entries(PATTERNS).find(([, pattern]) => pattern.test(searched))?.[0];
}
