import { secondsBetween, type GuardError } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "./chat-ports.ts";
import type { ChatError, PressAnswer } from "./press.ts";
import { showMessage } from "./show-message.ts";

/** Says why nothing was ordered, and when it is possible again. */
export function refuseByGuard(
  ports: Pick<ChatPorts, "api" | "store" | "clock" | "say">,
  person: Person,
  error: GuardError,
): ResultAsync<PressAnswer, ChatError> {
  const { say, clock } = ports;
  const { locale } = person;
  const until = (moment: string): number => secondsBetween(clock.now(), moment);
  switch (error.type) {
    case "not-allowed":
      return showMessage(ports, person, say(locale, "not-allowed")).map(() => undefined);
    case "paid-work-off":
      return okAsync(say(locale, "toast.paid-work-off"));
    case "spend-cap-reached":
      return okAsync(say(locale, "toast.spend-cap", { seconds: until(error.retryAt) }));
    case "too-many-orders": {
      const { limit, maximum, retryAt } = error;
      const seconds = retryAt === undefined ? undefined : until(retryAt);
      return okAsync(say(locale, "toast.too-many", { limit, maximum, seconds }));
    }
  }
}
