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
  /** Corners of the line from a resource to one that it depends on. */
  readonly edges: readonly (readonly { readonly x: number; readonly y: number }[])[];
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
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 64, marginx: 8, marginy: 8 });
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
    edges: graph.edges().map((edge) => graph.edge(edge).points ?? []),
  };
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
