// What nearly every part of the page needs: the workspace, who I am, and how to act.

import { createContext, useContext } from "react";
import type { Json, User, Workspace } from "./types";

export interface Page {
  workspace: Workspace;
  me: User;
  theme: "light" | "dark";
  /** Do something as me; a refusal is shown to me, and undefined comes back. */
  act: (verb: string, body?: Json) => Promise<Json | undefined>;
  user: (id: string) => User;
  openThread: (channel: string, ts: string) => void;
  openDetails: (ts: string) => void;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("usePage outside of the page");
  return page;
}
