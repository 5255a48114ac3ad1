import type { LikenessEvents } from "./events.ts";

type Listener = (event: object) => void;

/** What Node calls, in this order; `end` when the synchronous part of the work has ended. */
export interface Subscribers {
  readonly start: Listener;
  readonly end: Listener;
  readonly asyncStart: Listener;
  readonly asyncEnd: Listener;
  readonly error: Listener;
}

/** As much of Node's `TracingChannel` as is used here. */
interface Channel {
  readonly hasSubscribers: boolean;
  traceSync(work: () => void, event: object): void;
  tracePromise(work: () => Promise<void>, event: object): Promise<void>;
  subscribe(subscribers: Subscribers): void;
  unsubscribe(subscribers: Subscribers): void;
}

/** Not imported, so that the core also runs where there is no such module; nothing is published there. */
const diagnostics = globalThis.process?.getBuiltinModule?.("node:diagnostics_channel");

const channelOf = (name: keyof LikenessEvents): Channel | undefined =>
  diagnostics?.tracingChannel<unknown, object>(`likeness:${name}`);

/** The channels, `likeness:order` and so on. */
export const channels: { readonly [Name in keyof LikenessEvents]: Channel | undefined } = {
  order: channelOf("order"),
  job: channelOf("job"),
  provider: channelOf("provider"),
  delivery: channelOf("delivery"),
  message: channelOf("message"),
};
