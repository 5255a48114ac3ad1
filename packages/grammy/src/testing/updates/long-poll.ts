import { ok } from "neverthrow";
import type { Update } from "grammy/types";
import type { Timers } from "@likeness/fake-server/timers";
import type { MethodResult } from "../wire/calls.ts";
import { refuse } from "../wire/refusal.ts";
import type { UpdateQueue } from "./update-queue.ts";

export interface PollRequest {
  /** Updates to return at most, 1–100. */
  readonly limit: number;
  /** Seconds to wait for the first one. */
  readonly timeout: number;
  /** Aborted when the bot has closed the connection. */
  readonly signal: AbortSignal;
}

export interface LongPoll {
  take(request: PollRequest): Promise<MethodResult>;
  /** Ends a call that waits, with this conflict. */
  end(why: string): void;
}

/** `getUpdates`. Only one call may wait; the next one ends it with a conflict. */
export function longPoll(queue: UpdateQueue, timers: Timers): LongPoll {
  let waiting: ((result: MethodResult) => void) | undefined;

  const some = (limit: number): readonly Update[] => {
    const taken = queue.pending().slice(0, limit);
    for (const entry of taken) if (entry.again) queue.remove(entry);
    return taken.map(({ update }) => update);
  };

  const wait = ({ limit, timeout, signal }: PollRequest): Promise<MethodResult> =>
    new Promise((resolve) => {
      const gone = AbortSignal.any([signal, timers.closing]);
      const finish = (result: MethodResult): void => {
        if (waiting === finish) waiting = undefined;
        stopWaiting();
        stopListening();
        gone.removeEventListener("abort", leave);
        resolve(result);
      };
      const leave = (): void => finish(ok({ result: [] }));
      const stopWaiting = timers.after(timeout * 1000, leave);
      const stopListening = queue.onAdded(() => finish(ok({ result: some(limit) })));
      gone.addEventListener("abort", leave);
      waiting = finish;
    });

  const end = (why: string): void => waiting?.(refuse(409, why));

  return {
    end,
    take: async (request) => {
      end("terminated by other getUpdates request; make sure that only one bot instance is running");
      const result = some(request.limit);
      return result.length > 0 || request.timeout === 0 ? ok({ result }) : wait(request);
    },
  };
}
