import { okAsync, type ResultAsync } from "neverthrow";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { Offered } from "./offer-for.ts";

/** What a person is told whose credits do not cover an order: its price and what there is, as they are now. */
export const sayRefused = (
  { say, shop }: Pick<ChatPorts, "say" | "shop">,
  { locale }: Pick<Person, "locale">,
  offered: Offered,
  key: "credits.refused" | "credits.pictures",
): ResultAsync<Text, never> => offered.orElse(() => okAsync({})).map((offer) => say(locale, key, { ...offer, shop }));
