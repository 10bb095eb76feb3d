import type { ComponentChildren } from "preact";

interface ScrollProps {
  /** Name of the region for screen readers. */
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A surface whose content scrolls by itself, with the keyboard, too. */
export function Scroll({ label, class: name = "", children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: axe asks for it of what scrolls.
    <section class={`card scroll ${name}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
