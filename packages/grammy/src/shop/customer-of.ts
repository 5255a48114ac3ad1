import type { StorageFailure } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import { actorOf } from "../chat/actor.ts";
import type { Person } from "../chat/chat-ports.ts";
import { visitorOf, type Visitor } from "../chat/routing/visit.ts";
import { changeConversation, findConversation } from "../conversation/conversations.ts";
import { placeOf } from "../conversation/place.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Who writes to the shop, and notes their language for messages that do not answer an update. */
export const customerOf = (
  { store }: Pick<ShopPorts, "store">,
  visitor: Visitor,
): ResultAsync<Person, StorageFailure> =>
  safeTry(async function* () {
    const place = placeOf({ chatId: visitor.from.id, topicId: visitor.topicId });
    const owner = yield* store.owners.find(actorOf(visitor.from.id));
    const conversation = yield* findConversation(store.sessions, place);
    const chosen = owner?.locale;
    const person = visitorOf(visitor, chosen === undefined ? conversation : { locale: chosen, localeChosen: true });
    if (conversation.locale !== person.locale)
      yield* changeConversation(store.sessions, place, (stored) =>
        stored.localeChosen && chosen === undefined ? stored : { ...stored, locale: person.locale },
      );
    return ok(person);
  });
