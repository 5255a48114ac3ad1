import { ResultAsync, type Result } from "neverthrow";
import { channels } from "./channels.ts";
import type { LikenessEvents } from "./events.ts";

type Timed = Omit<LikenessEvents, "order">;

/** Publishes something that has happened already. */
export function publish<Name extends "order" | "delivery">(name: Name, event: LikenessEvents[Name]): void {
  channels[name]?.traceSync(() => undefined, { ...event });
}

/**
 * Publishes that work begins, and with its outcome that it has ended. Only the outcome's name is published: results and
 * errors hold texts and addresses.
 */
export function trace<Name extends keyof Timed, T, E>(
  name: Name,
  event: Timed[Name],
  work: () => ResultAsync<T, E>,
  outcomeOf: (result: Result<T, E>) => Timed[Name]["outcome"],
): ResultAsync<T, E> {
  const channel = channels[name];
  if (!channel?.hasSubscribers) return work();

  const run = async (): Promise<Result<T, E>> => {
    const begun = performance.now();
    const published: Record<string, unknown> = { ...event };
    let settled: { readonly result: Result<T, E> } | { readonly thrown: unknown } | undefined;
    await channel.tracePromise(async () => {
      settled = await settle(work);
      published["failed"] = !("result" in settled) || settled.result.isErr();
      published["outcome"] = "result" in settled ? outcomeOf(settled.result) : "threw";
      published["milliseconds"] = Math.round(performance.now() - begun);
    }, published);
    if (settled && "result" in settled) return settled.result;
    throw settled?.thrown;
  };
  return new ResultAsync(run());
}

/** What is thrown goes around the channel, which would publish it. */
async function settle<T, E>(work: () => ResultAsync<T, E>) {
  try {
    return { result: await work() };
  } catch (thrown) {
    return { thrown };
  }
}
