// Where controls stand, a message or a view: what they hold, and how the app is told of their use.

import { createContext, useContext } from "react";
import type { Values } from "./types";

export interface Surface {
  /** Tell the app that a control was used. */
  use: (blockId: string, actionId: string, value?: string | string[] | null) => Promise<void>;
  values: Values;
  setValue: (blockId: string, actionId: string, value: string | string[] | null) => void;
  errors: Record<string, string>;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error("a control outside of a surface");
  return surface;
}
