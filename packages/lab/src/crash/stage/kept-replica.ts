import { setTimeout as wait } from "node:timers/promises";
import type { Order } from "../host/protocol.ts";
import type { Stage } from "./stage.ts";

/** A replica that is restarted whenever it has ended, as a supervisor does. */
export interface KeptReplica {
  ready(): Promise<void>;
  order(order: Order): Promise<"ordered" | "refused" | "died">;
  /** Kills it. False when it was dead already. Resolves when the next one is ready, or has died too. */
  killAndReturn(awaySeconds: number): Promise<boolean>;
  /** How many times it ended without being killed: at a start without its database, or because of a defect. */
  ownEnds(): number;
  /** Stops it without a restart. */
  release(): void;
}

const restartMilliseconds = 500;

export function keptReplica(stage: Pick<Stage, "start">): KeptReplica {
  let replica = stage.start();
  let isAway = false;
  let isReleased = false;
  let ownEnds = 0;

  const supervise = async (): Promise<void> => {
    const watched = replica;
    await watched.ended;
    if (isAway || isReleased) return;
    ownEnds += 1;
    await wait(restartMilliseconds);
    if (!isAway && !isReleased) begin();
  };
  const begin = (): void => {
    replica = stage.start();
    void supervise();
  };
  void supervise();

  return {
    ready: () => replica.ready,
    order: (order) => (isAway ? Promise.resolve("died") : replica.order(order)),
    killAndReturn: async (awaySeconds) => {
      if (isAway) return false;
      isAway = true;
      await replica.kill();
      await wait(awaySeconds * 1_000);
      isAway = false;
      if (isReleased) return true;
      begin();
      await replica.ready;
      return true;
    },
    ownEnds: () => ownEnds,
    release: () => void (isReleased = true),
  };
}
