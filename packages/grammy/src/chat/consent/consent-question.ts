import type { StorageFailure } from "@likeness/core";
import { safeTry, ok, okAsync, type ResultAsync } from "neverthrow";
import { findConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { Question } from "../question.ts";
import { consentCard, type ConsentCard } from "./consent-card.ts";

/** The question for a consent that is missing, with the boxes as they are ticked; `undefined`: none is missing. */
export const consentQuestion = (
  ports: Pick<ChatPorts, "likeness" | "store" | "say" | "about">,
  person: Person,
  { refused = false }: Pick<ConsentCard, "refused"> = {},
): ResultAsync<Question | undefined, StorageFailure> =>
  safeTry(async function* () {
    const state = yield* ports.likeness.owners.consent(person);
    if (state.type !== "missing") return okAsync(undefined);
    const { consenting } = yield* findConversation(ports.store.sessions, person);
    const ticked = consenting?.textHash === state.wording.textHash ? consenting.ticked : [];
    return ok(consentCard(ports, person, state, { ticked, refused }));
  });
