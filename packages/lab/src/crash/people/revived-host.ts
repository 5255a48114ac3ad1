import { setTimeout as wait } from "node:timers/promises";
import type { KillPoint } from "../kill-points.ts";
import type { Order } from "../host/protocol.ts";
import type { Stage } from "../stage/stage.ts";

/** A host that kills itself once, and is followed by another one. */
export interface RevivedHost {
  /** Resolves when the first one serves. */
  readonly ready: Promise<void>;
  /** Repeats it until a process has done it, as somebody without an answer would. */
  act(order: Order): Promise<void>;
  kills(): number;
}

export function revivedHost(stage: Stage, killAt: KillPoint, signal: AbortSignal): RevivedHost {
  let host = stage.start({ killAt, sells: true });
  const { ready } = host;
  let kills = 0;
  void host.ended.then((endedBy) => {
    if (signal.aborted || endedBy !== "SIGKILL") return;
    kills += 1;
    void stage.watched.releaseSoon().then(() => {
      if (!signal.aborted) host = stage.start({ sells: true });
    });
  });
  return {
    ready,
    kills: () => kills,
    act: async (order) => {
      for (;;) {
        const current = host;
        await current.ready;
        const answer = await current.order(order);
        if (answer === "ordered") return;
        if (answer === "refused") throw new Error(`it was refused to do ${order.kind}:\n${stage.written()}`);
        await wait(50, undefined, { signal });
      }
    },
  };
}

/** Waits until something is there, by looking at it again and again. */
export async function untilThere<Value>(
  what: string,
  look: () => Promise<Value | undefined> | Value | undefined,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<Value> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`it never came to this: ${what}`);
    await wait(50, undefined, { signal });
  }
}
