import type { ConsentState } from "@likeness/core";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Conversation } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { editText } from "../../telegram/messages.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import { oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { orNotSent, putMessage } from "../show-message.ts";
import { showConfirm } from "../training/show-confirm.ts";
import { showStep } from "../wizard/show-step.ts";
import { consentCard, localeAsked, writeWording, type ConsentMissing } from "./consent-card.ts";

/** A press on the card that asks now. */
interface OnCard extends Press {
  readonly messageId: number;
  readonly missing: ConsentMissing;
  readonly conversation: Conversation;
}

type OnCardHandler = (ports: ChatPorts, press: OnCard) => ResultAsync<PressAnswer, ChatError>;

/**
 * Only the newest question counts, and only as long as its wording is the one of today; then it is asked again. The
 * person has read it in the card's language, whichever the chat has now.
 */
const onCard =
  (work: OnCardHandler): PressHandler =>
  (ports, press) =>
    safeTry(async function* () {
      const { person, era, messageId } = press;
      const locale = localeAsked(era);
      if (locale === undefined || messageId === undefined) return okAsync(oldButton(ports, press));
      const state = yield* ports.likeness.owners.consent({ actor: person.actor, locale });
      const conversation = yield* findConversation(ports.store.sessions, person);
      if (state.type !== "missing") return afterwards(ports, press, state, conversation);
      if (conversation.promptId !== messageId || conversation.step.name !== "photos")
        return okAsync(oldButton(ports, press));
      if (writeWording(state.wording) !== era)
        return showStep(ports, person, { editing: messageId }).map(() => ports.say(person.locale, "toast.new-wording"));
      return work(ports, { ...press, messageId, missing: state, conversation });
    });

/** The consent is there already: by an earlier press, perhaps of a process that died before it went on. */
function afterwards(
  ports: ChatPorts,
  press: Press,
  state: ConsentState,
  { consenting }: Conversation,
): ResultAsync<PressAnswer, ChatError> {
  if (consenting) return goOn(ports, press.person).map(() => undefined);
  const isOurs = state.type === "given" && state.consent.messageId === messageIdOf(press);
  return okAsync(isOurs ? undefined : oldButton(ports, press));
}

const tickedIn = ({ conversation: { consenting }, missing: { wording } }: OnCard): readonly string[] =>
  consenting?.textHash === wording.textHash ? consenting.ticked : [];

/** The buttons say what a box becomes, so that a press that is handled twice, or two quick ones, do what they say. */
const mark = (isTicked: boolean): PressHandler =>
  onCard((ports, press) =>
    safeTry(async function* () {
      const { person, id: key, messageId, missing } = press;
      const { textHash, statements } = missing.wording;
      if (!statements.some((statement) => statement.key === key)) return okAsync(oldButton(ports, press));
      const { after } = yield* changeConversation(ports.store.sessions, person, (conversation) => {
        const others = tickedIn({ ...press, conversation }).filter((each) => each !== key);
        const ticked = isTicked ? [...others, key] : others;
        return { ...conversation, consenting: { ...conversation.consenting, textHash, ticked } };
      });
      const { said, keyboard } = consentCard(ports, person, missing, { ticked: after.consenting?.ticked ?? [] });
      const shownAs = yield* putMessage(ports, person, said, { keyboard, editing: messageId }).mapErr(
        orNotSent({ said, keyboard, editing: messageId }),
      );
      if (shownAs !== messageId)
        yield* changeConversation(ports.store.sessions, person, (conversation) => ({
          ...conversation,
          promptId: shownAs,
        }));
      return okAsync(undefined);
    }),
  );

const agree = onCard((ports, press) =>
  safeTry(async function* () {
    const { person, messageId, missing } = press;
    const { wording } = missing;
    const ticked = tickedIn(press);
    const left = wording.statements.filter(({ key }) => !ticked.includes(key)).length;
    if (left > 0) return okAsync(ports.say(person.locale, "toast.tick-all", { left }));

    const { actor } = person;
    const given = await ports.likeness.owners.giveConsent({ actor, ...wording, messageId: messageIdOf(press) });
    if (given.isErr()) {
      if (given.error.type === "storage-failure") return errAsync(given.error);
      return showStep(ports, person, { editing: messageId }).map(() => ports.say(person.locale, "toast.new-wording"));
    }
    const said = ports.say(wording.locale, "consent.given", {
      statements: wording.statements.map(({ text }) => text),
      at: given.value.givenAt,
    });
    // If it cannot be edited, its buttons are old all the same.
    await editText(ports.api, person.chatId, messageId, said);
    return goOn(ports, person).map(() => undefined);
  }),
);

/** Goes on where the consent was missing. What was ticked is forgotten last, so that a repeated press goes on too. */
const goOn = (ports: ChatPorts, person: Person): ResultAsync<void, ChatError> =>
  safeTry(async function* () {
    const { store } = ports;
    const { consenting } = yield* findConversation(store.sessions, person);
    const found = consenting?.confirming && (yield* findOverview(ports, person, consenting.confirming));
    if (found) yield* showConfirm(ports, person, found);
    else yield* showStep(ports, person);
    yield* changeConversation(store.sessions, person, ({ consenting: _answered, ...conversation }) => conversation);
    return ok(undefined);
  });

const messageIdOf = ({ person, messageId }: Pick<Press, "person" | "messageId">): string =>
  `${person.chatId}:${messageId}`;

/** The handlers of the buttons of the question for consent. */
export const consentPresses = {
  tick: mark(true),
  untick: mark(false),
  agree,
} as const satisfies Partial<Record<Verb, PressHandler>>;
