import type { Consent, ConsentState, StorageFailure } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import type { ResultAsync } from "neverthrow";
import type { ConsentShown } from "../../texts/people-texts.ts";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import type { Question } from "../question.ts";
import { showMessage, type ShowOptions } from "../show-message.ts";
import { eraseButton, exportButton } from "./own-data.ts";

/** `/privacy`: what is stored and how long, the policy, the consent, and what a person can do about all of it. */
export const showPrivacy = (
  ports: ChatPorts,
  person: Person,
  { editing }: Pick<ShowOptions, "editing"> = {},
): ResultAsync<void, ChatError> =>
  privacyCard(ports, person)
    .andThen(({ said, keyboard }) => showMessage(ports, person, said, { keyboard, editing }))
    .map(() => undefined);

const privacyCard = (ports: ChatPorts, person: Person): ResultAsync<Question, StorageFailure> =>
  ports.likeness.owners.consent(person).map((state) => {
    const { say, about } = ports;
    const rows = [
      withdrawable(state) ? button(ports, person, "button.withdraw", "withdraw-ask") : undefined,
      exportButton(ports, person),
      eraseButton(ports, person),
    ];
    return {
      said: say(person.locale, "privacy", { about, consent: consentShown(state) }),
      keyboard: InlineKeyboard.from(rowsOf(rows)),
    };
  });

/** The consent that can be withdrawn: that of today or, when the text has changed since, the one to the earlier text. */
export const withdrawable = (state: ConsentState): Consent | undefined =>
  state.type === "elsewhere" ? undefined : state.consent;

/** A row for each button that is there. */
export const rowsOf = (buttons: readonly (InlineKeyboardButton | undefined)[]): InlineKeyboardButton[][] =>
  buttons.flatMap((each) => (each ? [[each]] : []));

function consentShown(state: ConsentState): ConsentShown {
  switch (state.type) {
    case "elsewhere":
      return { type: "elsewhere" };
    case "missing":
      if (state.consent) return { type: "outdated", at: state.consent.givenAt };
      return { type: "missing", withdrawn: state.because === "withdrawn" };
    case "given":
      return {
        type: "given",
        at: state.consent.givenAt,
        statements: state.wording.statements.map(({ text }) => text),
      };
  }
}
