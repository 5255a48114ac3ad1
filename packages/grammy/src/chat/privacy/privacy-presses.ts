import { InlineKeyboard } from "grammy";
import { okAsync, safeTry } from "neverthrow";
import { button } from "../button.ts";
import type { Verb } from "../callback-data.ts";
import { editable, oldButton, type PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { eraseButton, ownDataPresses } from "./own-data.ts";
import { rowsOf, showPrivacy, withdrawable } from "./show-privacy.ts";

const back: PressHandler = (ports, press) =>
  showPrivacy(ports, press.person, { editing: editable(press) }).map(() => undefined);

/** *Withdraw consent*: asks first, and offers both ways. */
const askToWithdraw: PressHandler = (ports, press) =>
  safeTry(async function* () {
    const { person } = press;
    const consent = withdrawable(yield* ports.likeness.owners.consent(person));
    if (!consent) return okAsync(oldButton(ports, press));
    const erase = eraseButton(ports, person);
    const said = ports.say(person.locale, "withdraw.ask", { erasable: erase !== undefined });
    const keyboard = InlineKeyboard.from(
      rowsOf([
        button(ports, person, "button.withdraw-keep", "withdraw-yes", consent.id),
        erase,
        button(ports, person, "button.keep-consent", "privacy"),
      ]),
    );
    return showMessage(ports, person, said, { keyboard, editing: editable(press) }).map(() => undefined);
  });

/** Withdraws the consent that the button was drawn for, and no later one. */
const withdraw: PressHandler = (ports, press) =>
  safeTry(async function* () {
    const { person, id } = press;
    const { owners } = ports.likeness;
    const consent = withdrawable(yield* owners.consent(person));
    if (!consent || consent.id !== id) return okAsync(oldButton(ports, press));
    const { cancelled, left } = yield* owners.withdrawConsent(person);
    const said = ports.say(person.locale, "withdraw.done", { cancelled, left });
    const keyboard = InlineKeyboard.from([[button(ports, person, "button.privacy", "privacy")]]);
    return showMessage(ports, person, said, { keyboard, editing: editable(press) }).map(() => undefined);
  });

/** The handlers of the buttons of `/privacy`. */
export const privacyPresses = {
  privacy: back,
  "withdraw-ask": askToWithdraw,
  "withdraw-yes": withdraw,
  ...ownDataPresses,
} as const satisfies Partial<Record<Verb, PressHandler>>;
