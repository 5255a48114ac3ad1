import { channels, type Subscribers } from "./channels.ts";
import type { LikenessEvents } from "./events.ts";

/** What is called when work begins, and when it has ended or something has happened. */
export interface EventListener<Event> {
  readonly begin?: ((event: Event) => unknown) | undefined;
  readonly end?: ((event: Event) => unknown) | undefined;
}

export type EventListeners = {
  readonly [Name in keyof LikenessEvents]?: EventListener<LikenessEvents[Name]> | undefined;
};

/**
 * Listens to the events of every `Likeness` in this process, and returns a function that stops listening. Nothing waits
 * for a listener, and what it throws or rejects with is passed to `onFault`; a listener that subscribes to the channels
 * itself and throws ends the process, as Node's channels do.
 *
 * @example
 * const stopListening = listen(
 *   { order: { end: ({ orderId, status }) => console.log(orderId, status) } },
 *   (cause) => console.error("a listener failed", cause),
 * );
 * stopListening();
 */
export function listen(listeners: EventListeners, onFault: (cause: unknown) => void): () => void {
  const stops = (Object.keys(channels) as (keyof LikenessEvents)[]).map((name) =>
    listenTo(name, listeners[name] as EventListener<object> | undefined, onFault),
  );
  return () => stops.forEach((stop) => stop());
}

function listenTo(
  name: keyof LikenessEvents,
  { begin, end }: EventListener<object> = {},
  onFault: (cause: unknown) => void,
): () => void {
  const channel = channels[name];
  if (!channel || !(begin ?? end)) return () => undefined;
  const shielded =
    (listener: ((event: object) => unknown) | undefined) =>
    (event: object): void => {
      try {
        const answer = listener?.(event);
        if (answer instanceof Promise) answer.catch(onFault);
      } catch (cause) {
        onFault(cause);
      }
    };
  const ended = shielded(end);
  const subscribers: Subscribers = {
    start: shielded(begin),
    // What takes no time ends here; the synchronous part of what takes time does, too, which is no end.
    end: (event: object) => {
      if (isInstant(name, event)) ended(event);
    },
    asyncEnd: ended,
    asyncStart: ignore,
    error: ignore,
  };
  channel.subscribe(subscribers);
  return () => channel.unsubscribe(subscribers);
}

const isInstant = (name: keyof LikenessEvents, event: object): boolean =>
  name === "order" || ("step" in event && event.step === "settle");

const ignore = (): void => undefined;
