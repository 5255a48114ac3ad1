import { useEffect, useReducer } from "preact/hooks";
import type { StudioEvents } from "../protocol.ts";
import { reduce, type StudioState } from "./studio-state.ts";

const names = ["all", "room", "messages", "activities", "bots", "troubles"] as const satisfies (keyof StudioEvents)[];

/** Subscribes to the server. The browser reconnects by itself, and the server then sends the whole state again. */
export function useStudio(): StudioState | undefined {
  const [state, dispatch] = useReducer(reduce, undefined);
  useEffect(() => {
    const source = new EventSource("/api/events");
    for (const name of names)
      source.addEventListener(name, ({ data }: MessageEvent<string>) => dispatch({ name, data: JSON.parse(data) }));
    source.addEventListener("error", () => dispatch({ name: "lost" }));
    return () => source.close();
  }, []);
  return state;
}
