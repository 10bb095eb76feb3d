import { Graph, layout } from "@dagrejs/dagre";
import type { ResourceSummary } from "../../apiTypes";

/** A resource's place in the image. */
export interface StackNode {
  readonly resource: ResourceSummary;
  /** Coordinates of its middle. */
  readonly x: number;
  readonly y: number;
}

export interface StackImage {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly StackNode[];
  readonly edges: readonly StackEdge[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line from a resource to one that it depends on. */
export interface StackEdge {
  /** URNs. */
  readonly from: string;
  readonly to: string;
  /** From the right side of one, between others' boxes, to the left side of the other. */
  readonly points: readonly Point[];
}

export const NODE = { width: 196, height: 48 } as const;

/** Parts of a type that hold what a stack is for; the rest grants, connects and configures these. */
const MAIN =
  /^aws:(lambda\/(function|functionUrl|layerVersion)|apigateway\/(restApi|stage)|s3\/bucket(V2)?|efs\/(fileSystem|accessPoint)|sagemaker\/.+|dynamodb\/table|sqs\/queue|sns\/topic|secretsmanager\/secret|ecr\/repository):/;

/**
 * Lays the declared resources out, each left of what it depends on.
 *
 * @param all  Whether roles, permissions, routes and alarms are shown, too.
 */
export function layoutStack(resources: readonly ResourceSummary[], all: boolean): StackImage {
  const shown = resources.filter(({ type, custom }) => custom && (all || MAIN.test(type)));
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 96, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { urn } of shown) graph.setNode(urn, { ...NODE });
  for (const [from, to] of edgesAmong(shown, resources)) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: shown.map((resource) => {
      const { x, y } = graph.node(resource.urn);
      return { resource, x: x ?? 0, y: y ?? 0 };
    }),
    edges: graph.edges().map(({ v: from, w: to }) => {
      // The library's points: one on any side of a box, one between two columns, one in a column, and so on. A line that
      // leaves a box on any side crosses others; the columns are what it has to pass through.
      const points: readonly Point[] = graph.edge(from, to).points ?? [];
      const columns = points.slice(1, -1).filter((_, i) => i % 2 === 1);
      const passed = columns.flatMap((point) => [atSide(point, -1), atSide(point, 1)]);
      return { from, to, points: [atSide(graph.node(from), 1), ...passed, atSide(graph.node(to), -1)] };
    }),
  };
}

function atSide({ x = 0, y = 0 }: Partial<Point>, side: 1 | -1): Point {
  return { x: x + (side * NODE.width) / 2, y };
}

/** Dependencies between the shown resources, by way of those that are not shown. */
function edgesAmong(
  shown: readonly ResourceSummary[],
  resources: readonly ResourceSummary[],
): [from: string, to: string][] {
  const isShown = new Set(shown.map(({ urn }) => urn));
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return shown.flatMap(({ urn }) => {
    const found = new Set<string>();
    const seen = new Set([urn]);
    const visit = (each: string) => {
      for (const dependency of byUrn.get(each)?.dependencies ?? []) {
        if (seen.has(dependency)) continue;
        seen.add(dependency);
        if (isShown.has(dependency)) found.add(dependency);
        else visit(dependency);
      }
    };
    visit(urn);
    return [...found].map((to): [string, string] => [urn, to]);
  });
}
