import { useMemo, useState } from "preact/hooks";
import type { ResourceSummary } from "../../apiTypes";
import type { HalfProps } from "../shell/halfProps";
import { JsonTree } from "../shell/jsonTree";
import { href } from "../shell/route";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { layoutStack, type StackEdge, type StackNode } from "./layoutStack";
import { Scroll } from "./scroll";
import { BOX } from "./stackColumns";

/** The declared resources: as an image, as a table, and each with what it depends on. */
export function StackView({ api, route: [selected] }: HalfProps) {
  const loaded = useLoaded(() => api.get<readonly ResourceSummary[]>("/api/resources"));
  return (
    <>
      <h1>Stack</h1>
      <State of={loaded}>{(resources) => <Stack resources={resources} selected={selected} />}</State>
    </>
  );
}

interface StackProps {
  readonly resources: readonly ResourceSummary[];
  /** URN. */
  readonly selected?: string;
}

function Stack({ resources, selected }: StackProps) {
  const [all, setAll] = useState(false);
  const resource = resources.find(({ urn }) => urn === selected);
  return (
    <>
      <div class="row between">
        <p class="dim">
          {resources.filter(({ custom }) => custom).length} resources, made from what the program declares. A
          line leads to what a resource depends on.
        </p>
        <label class="row">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          Roles, permissions and routes, too
        </label>
      </div>
      <Image resources={resources} selected={selected} all={all} />
      {resource && <ResourcePanel resource={resource} resources={resources} />}
      <ResourceTable resources={resources} selected={selected} />
    </>
  );
}

function Image({ resources, selected, all }: StackProps & { readonly all: boolean }) {
  const { width, height, nodes, edges } = useMemo(() => layoutStack(resources, all), [resources, all]);
  return (
    <Scroll label="Image of the stack" class="image">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <title>Resources and what they depend on</title>
        {edges.map(({ from, to, points }) => (
          <path
            key={`${from} ${to}`}
            class={from === selected || to === selected ? "edge selected" : "edge"}
            d={pathOf(points)}
          />
        ))}
        {nodes.map((node) => (
          <Node key={node.resource.urn} node={node} isSelected={node.resource.urn === selected} />
        ))}
      </svg>
    </Scroll>
  );
}

function Node({
  node: { resource, x, y },
  isSelected,
}: {
  readonly node: StackNode;
  readonly isSelected: boolean;
}) {
  const { urn, name, type } = resource;
  const place = { x: x - BOX.width / 2, y: y - BOX.height / 2, width: BOX.width, height: BOX.height };
  return (
    <a href={href("watch", "stack", urn)} class={`node ${serviceOf(type)} ${isSelected ? "selected" : ""}`}>
      <rect {...place} rx="8" />
      <foreignObject {...place}>
        <div class="name">{name}</div> <div class="type">{typeName(type)}</div>
      </foreignObject>
    </a>
  );
}

function ResourcePanel({ resource, resources }: { readonly resource: ResourceSummary } & StackProps) {
  const { urn, name, type, dependencies, inputs } = resource;
  const users = resources.filter((other) => other.dependencies.includes(urn));
  const named = (urns: readonly string[]) => resources.filter((other) => urns.includes(other.urn));
  return (
    <section class="card stack" aria-label={`The resource ${name}`}>
      <div class="row between">
        <h2>{name}</h2>
        <a class="button" href={href("watch", "stack")}>
          Close
        </a>
      </div>
      <p class="mono dim asked">{type}</p>
      <Links title="Depends on" resources={named(dependencies)} />
      <Links title="Used by" resources={users} />
      <div>
        <h3>Inputs</h3>
        <JsonTree label="Inputs" text={JSON.stringify(inputs)} />
      </div>
    </section>
  );
}

function Links({
  title,
  resources,
}: {
  readonly title: string;
  readonly resources: readonly ResourceSummary[];
}) {
  if (resources.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul class="row chips">
        {resources.map(({ urn, name, type }) => (
          <li key={urn}>
            <a href={href("watch", "stack", urn)}>{name}</a> <span class="dim">{typeName(type)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ResourceTable({ resources, selected }: StackProps) {
  return (
    <Scroll label="All resources" class="flush resources">
      <table>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col">Type</th>
          </tr>
        </thead>
        <tbody>
          {resources
            .filter(({ custom }) => custom)
            .map(({ urn, name, type }) => (
              <tr key={urn} class={urn === selected ? "selected" : ""}>
                <td>
                  <a href={href("watch", "stack", urn)}>{name}</a>
                </td>
                <td class="mono dim asked">{type}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** `Function` of `aws:lambda/function:Function`. */
function typeName(type: string): string {
  return type.split(":").at(-1) ?? type;
}

function serviceOf(type: string): string {
  return /^aws:(\w+)\//.exec(type)?.[1] ?? "";
}

/** A curve that is level at each point, as it leaves and enters boxes. */
function pathOf([first, ...rest]: StackEdge["points"]): string {
  if (first === undefined) return "";
  let { x: fromX, y: fromY } = first;
  const curves = rest.map(({ x, y }) => {
    const middle = (fromX + x) / 2;
    const curve = `C${middle},${fromY} ${middle},${y} ${x},${y}`;
    [fromX, fromY] = [x, y];
    return curve;
  });
  return `M${first.x},${first.y}${curves.join("")}`;
}
