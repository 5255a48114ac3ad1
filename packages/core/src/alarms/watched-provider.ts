import type { ResultAsync } from "neverthrow";
import { extended } from "../ports/extended.ts";
import type { Provider } from "../ports/provider.ts";
import type { Sightings } from "./sightings.ts";

/** What says that the account is refused, and not this request. */
const refusals: readonly number[] = [401, 402, 403];

/**
 * A provider whose refusals of the account are noted, and that it takes a call again. Each call by itself: an account
 * without balance is refused when it orders, and not when it looks. `erase` is left out, because a key may not be allowed to.
 */
export function watchedProvider(provider: Provider, { see, clear }: Sightings): Provider {
  const watch =
    (call: "prepare" | "submit" | "look") =>
    <T, E extends { readonly type: string }>(answer: ResultAsync<T, E>): ResultAsync<T, E> => {
      const about = { what: "provider-refused", subject: `${provider.name} ${call}` } as const;
      return answer
        .andTee(() => clear(about))
        .mapErr((error) => {
          const status = "status" in error ? error.status : undefined;
          if (typeof status === "number" && refusals.includes(status)) see({ ...about, status });
          return error;
        });
    };
  return extended(provider, {
    prepare: (order, archive) => watch("prepare")(provider.prepare(order, archive)),
    submit: (submission) => watch("submit")(provider.submit(submission)),
    look: (order) => watch("look")(provider.look(order)),
  });
}
