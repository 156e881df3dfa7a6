// The address's hash <-> what is on the screen, so that Back goes back, on a phone too.

import { useEffect, useState } from "react";

export interface Route {
  /** Empty on a phone's first screen: the list of channels. */
  place: string;
  /** The ts of the open thread. */
  thread?: string;
  /** The ts of the message whose making is explained, or "last". */
  details?: string;
  /** The app's Home tab. */
  home?: boolean;
}

export function parse(hash: string): Route {
  const [place = "", kind, ts] = hash.replace(/^#\/?/, "").split("/");
  if (kind === "home") return { place, home: true };
  if (kind === "thread") return { place, thread: ts };
  if (kind === "details") return { place, details: ts };
  return { place };
}

export function write(route: Route): string {
  const tail = route.home ? "/home" : route.thread ? `/thread/${route.thread}` : route.details ? `/details/${route.details}` : "";
  return `#/${route.place}${tail}`;
}

export function useRoute(): [Route, (route: Route) => void] {
  const [route, setRoute] = useState(() => parse(location.hash));
  useEffect(() => {
    const read = () => setRoute(parse(location.hash));
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const go = (next: Route) => {
    if (write(next) === location.hash) return;
    location.hash = write(next);
    setRoute(next); // now: the browser tells of a new hash a moment later, and what is typed until then would go to the old room
  };
  return [route, go];
}
