import { InlineKeyboard } from "grammy";
import { okAsync, safeTry } from "neverthrow";
import { button } from "../button.ts";
import { editable, oldButton, type PressHandler } from "../press.ts";
import { putMessage, showMessage } from "../show-message.ts";

/** Asks first. The button that erases holds the id of the receipt, so that it erases once, however often it is pressed. */
export const askToErase: PressHandler = (ports, press) => {
  const { person } = press;
  const said = ports.say(person.locale, "erase.ask", {
    credits: ports.shop,
    atService: ports.likeness.owners.erasesAtProvider,
  });
  const keyboard = InlineKeyboard.from([
    [button(ports, person, "button.erase-yes", "erase-yes", ports.ids.next())],
    [button(ports, person, "button.keep-everything", "privacy")],
  ]);
  return showMessage(ports, person, said, { keyboard, editing: editable(press) }).map(() => undefined);
};

/**
 * Erases everything about the person, and says goodbye without remembering that. If Telegram does not take the goodbye,
 * the button is still there, and says the same again.
 */
export const eraseEverything: PressHandler = (ports, press) =>
  safeTry(async function* () {
    const { likeness, store, say, about, log } = ports;
    const { person, id } = press;
    if (!isReceiptId(id)) return okAsync(oldButton(ports, press));
    const { erased } = yield* likeness.owners.erase({ actor: person.actor, id });
    const { photos, pictures } = erased;
    const { support } = about;
    const atService = likeness.owners.erasesAtProvider;
    const said = say(person.locale, "erased", { photos, pictures, receiptId: id, atService, support });
    const told = await putMessage(ports, person, said, { editing: editable(press) });
    if (told.isErr()) log.warn({ erasureId: id, problem: told.error.type }, "a goodbye could not be said");
    // Telegram may have asked to wait in this chat, which is remembered there.
    yield* store.sessions.eraseOwner(person.actor);
    return okAsync(undefined);
  });

const isReceiptId = (id: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id);
