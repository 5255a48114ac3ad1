import type { ResultAsync } from "neverthrow";
import type { Person } from "../chat/chat-ports.ts";
import type { ChatError } from "../chat/press.ts";
import { showMessage } from "../chat/show-message.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** `/balance`: what the person has, what orders under way hold, and what is owed. */
export const showBalance = (
  ports: ShopPorts,
  person: Person,
  balance: NonNullable<ShopPorts["balance"]>,
): ResultAsync<void, ChatError> =>
  balance(person.actor)
    .mapErr(({ cause }) => ({ type: "storage-failure", cause }) as const)
    .andThen((has) =>
      showMessage(ports, person, ports.say(person.locale, "balance", { ...has, sells: ports.packages.length > 0 })),
    )
    .map(() => undefined);
