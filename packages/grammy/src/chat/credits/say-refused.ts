import type { Wanted } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { offerFor } from "./offer-for.ts";

/** What a person is told whose credits do not cover an order: its price and what there is, as they are now. */
export const sayRefused = (
  { say, likeness, shop }: Pick<ChatPorts, "say" | "likeness" | "shop">,
  { locale, ...wanted }: Wanted & { readonly locale: string },
  key: "credits.refused" | "credits.pictures",
): ResultAsync<Text, never> =>
  offerFor(likeness, wanted)
    .orElse(() => okAsync({}))
    .map((offer) => say(locale, key, { ...offer, shop }));
