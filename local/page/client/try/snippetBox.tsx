import { useState } from "preact/hooks";
import { useObjectUrl } from "../shell/useObjectUrl";
import type { Snippets } from "./snippets";
import { Switch } from "./switch";

const LANGUAGES: Readonly<Record<string, keyof Snippets>> = {
  curl: "curl",
  Python: "python",
  JavaScript: "javascript",
};

interface SnippetBoxProps {
  readonly snippets: Snippets;
  readonly isSigned: boolean;
  /** The file that they read. @default they read none, or none is chosen yet */
  readonly file?: { readonly name: string; readonly content: Blob } | undefined;
}

/** The same request in other languages, ready to copy. */
export function SnippetBox({ snippets, isSigned, file }: SnippetBoxProps) {
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
      {file && <NeededFile {...file} />}
      {/* What scrolls has to be reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as the line above says. */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}

/** A sample's file is the endpoint's: whoever runs the code does not have it yet. */
function NeededFile({ name, content }: { readonly name: string; readonly content: Blob }) {
  return (
    <p class="dim needed">
      It reads <code>{name}</code> from the folder that it is run in.{" "}
      <a href={useObjectUrl(content)} download={name}>
        Save the file
      </a>
    </p>
  );
}
