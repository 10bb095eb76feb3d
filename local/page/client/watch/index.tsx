import type { HalfProps } from "../shell/halfProps";
import { href } from "../shell/route";
import { ApiView } from "./apiView";
import { PackagesView } from "./packagesView";
import { PoliciesView } from "./policiesView";
import { RequestsView } from "./requestsView";
import { StackView } from "./stackView";
import { StoresView } from "./storesView";

const VIEWS = [
  { name: "requests", label: "Requests", View: RequestsView },
  { name: "stack", label: "Stack", View: StackView },
  { name: "data", label: "Data", View: StoresView },
  { name: "packages", label: "Packages", View: PackagesView },
  { name: "policies", label: "Policies", View: PoliciesView },
  { name: "api", label: "API", View: ApiView },
] as const;

/** The half of the page on which a developer sees what the stack does. */
export function Watch({ api, route: [name, ...route] }: HalfProps) {
  const shown = VIEWS.find((view) => view.name === name) ?? VIEWS[0];
  return (
    <div class="stack">
      <nav class="views" aria-label="Watch">
        {VIEWS.map((view) => (
          <a
            key={view.name}
            href={href("watch", view.name)}
            aria-current={view.name === shown.name ? "page" : undefined}
          >
            {view.label}
          </a>
        ))}
      </nav>
      <shown.View api={api} route={route} />
    </div>
  );
}
