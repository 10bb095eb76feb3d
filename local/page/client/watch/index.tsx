import type { HalfProps } from "../shell/halfProps";

/** The half of the page on which a developer sees what the stack does. */
export function Watch(_props: HalfProps) {
  return (
    <section>
      <h1>Watch</h1>
    </section>
  );
}
