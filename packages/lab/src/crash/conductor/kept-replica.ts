import { setTimeout as wait } from "node:timers/promises";
import type { Order } from "../subject/protocol.ts";
import type { Stage } from "./stage.ts";

/** A replica that is started again whenever it has ended, as by a supervisor. */
export interface KeptReplica {
  ready(): Promise<void>;
  order(order: Order): Promise<"ordered" | "refused" | "died">;
  /** False when it was dead already. Resolves when the next one is there, or has died as well. */
  killAndReturn(awaySeconds: number): Promise<boolean>;
  /** How often it ended without being killed: at a start without its database, or by a mistake. */
  ownEnds(): number;
  /** Lets it end for good. */
  release(): void;
}

const restartMilliseconds = 500;

export function keptReplica(stage: Pick<Stage, "start">): KeptReplica {
  let subject = stage.start();
  let isAway = false;
  let isReleased = false;
  let ownEnds = 0;

  const supervise = async (): Promise<void> => {
    const watched = subject;
    await watched.ended;
    if (isAway || isReleased) return;
    ownEnds += 1;
    await wait(restartMilliseconds);
    if (!isAway && !isReleased) begin();
  };
  const begin = (): void => {
    subject = stage.start();
    void supervise();
  };
  void supervise();

  return {
    ready: () => subject.ready,
    order: (order) => (isAway ? Promise.resolve("died") : subject.order(order)),
    killAndReturn: async (awaySeconds) => {
      if (isAway) return false;
      isAway = true;
      await subject.kill();
      await wait(awaySeconds * 1_000);
      isAway = false;
      if (isReleased) return true;
      begin();
      await subject.ready;
      return true;
    },
    ownEnds: () => ownEnds,
    release: () => void (isReleased = true),
  };
}
