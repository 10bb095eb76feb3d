import { useState } from "preact/hooks";
import type { Snippets } from "./snippets";
import { Switch } from "./switch";

const LANGUAGES: Readonly<Record<string, keyof Snippets>> = {
  curl: "curl",
  Python: "python",
  JavaScript: "javascript",
};

/** The same request in other languages, ready to copy. */
export function SnippetBox({
  snippets,
  isSigned,
}: {
  readonly snippets: Snippets;
  readonly isSigned: boolean;
}) {
  const [language, setLanguage] = useState("curl");
  const [isCopied, setCopied] = useState(false);
  const text = snippets[LANGUAGES[language] ?? "curl"];
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    });
  return (
    <section class="card snippets" aria-label="The same request as code">
      <header class="row">
        <h2>The same request</h2>
        <Switch label="Language" choices={Object.keys(LANGUAGES)} chosen={language} onChoose={setLanguage} />
        <button type="button" class="copy" onClick={copy}>
          {isCopied ? "Copied" : "Copy"}
        </button>
        <span class="hidden" role="status">
          {isCopied ? "Copied to the clipboard" : ""}
        </span>
      </header>
      {isSigned && language !== "curl" && (
        <p class="notice">
          This stack takes signed requests only. In Python the project's own client signs (clients/python);
          curl signs by itself.
        </p>
      )}
      {/* What scrolls has to be reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as the line above says. */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
