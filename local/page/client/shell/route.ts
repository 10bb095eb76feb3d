import { useEffect, useState } from "preact/hooks";

/** Segments of the address's fragment: `#/watch/requests` is `["watch", "requests"]`. */
export type Route = readonly string[];

/** The route that the address names, and each next one. */
export function useRoute(): Route {
  const [route, setRoute] = useState(readRoute);
  useEffect(() => {
    const changed = () => setRoute(readRoute());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}

/** Address of a route: `href("watch", "requests")`. */
export function href(...segments: readonly string[]): string {
  return `#/${segments.map(encodeURIComponent).join("/")}`;
}

function readRoute(): Route {
  const segments = location.hash.replace(/^#\/?/, "").split("/");
  return segments.filter((segment) => segment !== "").map(decode);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
