import { systemClock } from "../ports/clock.ts";

/** What is needed of an `IncomingMessage` of `node:http`. */
export interface UnreadRequest {
  /** Whether the body has come to its end. */
  readonly complete: boolean;
  once(event: "close", listener: () => void): unknown;
  resume(): unknown;
  destroy(): unknown;
}

const drainMilliseconds = 5_000;

/**
 * Reads on, for five seconds, a body that was answered before its end. Closing at once would reset the connection, and a
 * sender that is still sending would not get the answer; without the limit, senders could hold connections open.
 */
export function drainBody(request: UnreadRequest): void {
  if (request.complete) return;
  request.resume();
  request.once(
    "close",
    systemClock.after(drainMilliseconds, () => request.destroy()),
  );
}
