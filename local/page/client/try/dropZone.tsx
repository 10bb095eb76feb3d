import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface DropZoneProps {
  /** Says what is dropped here. */
  readonly label: string;
  /** Media types or extensions, as `accept` of a file input has them. */
  readonly accept: string;
  /** Whether files are taken from the clipboard, too. */
  readonly takesPaste?: boolean;
  readonly children?: ComponentChildren;
  onFile(file: File): void;
}

/** Takes a file by drop, by paste or from a dialog. */
export function DropZone({ label, accept, takesPaste = false, children, onFile }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = useRef(onFile);
  take.current = onFile;
  useEffect(() => {
    if (!takesPaste) return undefined;
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const [file] = clipboardData?.files ?? [];
      if (file) take.current(file);
    };
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  }, [takesPaste]);
  const over = (event: DragEvent) => {
    // Without this the browser would open the file.
    event.preventDefault();
    setOver(event.type === "dragover");
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same without a mouse.
    <div
      class={`drop ${isOver ? "over" : ""}`}
      onDragOver={over}
      onDragLeave={over}
      onDrop={(event) => {
        over(event);
        const [file] = event.dataTransfer?.files ?? [];
        if (file) onFile(file);
      }}
    >
      <button type="button" onClick={() => input.current?.click()}>
        Choose a file
      </button>
      <span class="dim">{label}</span>
      {children}
      <input
        ref={input}
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onFile(file);
          // The same file may be chosen again, changed.
          currentTarget.value = "";
        }}
      />
    </div>
  );
}
