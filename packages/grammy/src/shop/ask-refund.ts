import { InlineKeyboard } from "grammy";
import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Person } from "../chat/chat-ports.ts";
import { digestOf } from "../chat/digest.ts";
import type { ChatError, PressAnswer } from "../chat/press.ts";
import { showMessage } from "../chat/show-message.ts";
import { removeButtons } from "../telegram/messages.ts";
import { shopData } from "./shop-data.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { canBeAsked, recentPayments } from "./show-support.ts";

/**
 * The person asks for the money of a payment: the choice between several, or the request itself, which an operator
 * decides. The id of a charge is too long for a button, so its digest is looked up among the person's own payments.
 */
export const askRefund = (
  ports: ShopPorts,
  person: Person,
  digest: string | undefined,
  messageId: number | undefined,
): ResultAsync<PressAnswer, ChatError> =>
  safeTry(async function* () {
    const { api, say, purchases, log, clock } = ports;
    const { actor, locale } = person;
    const payments = yield* purchases.listPayments({ ownerId: actor }, recentPayments);
    const open = payments.filter(canBeAsked);
    const [only, ...others] = digest === undefined ? open : open.filter((each) => digestOf(each.chargeId) === digest);
    if (!only) return ok(say(locale, "toast.refund-none"));
    if (others.length > 0) {
      const rows = open.map(({ chargeId, amount: stars, paidAt: at }) => [
        InlineKeyboard.text(
          say(locale, "button.refund-payment", { stars, at }),
          shopData({ verb: "refund", digest: digestOf(chargeId) }),
        ),
      ]);
      const keyboard = InlineKeyboard.from(rows);
      return showMessage(ports, person, say(locale, "refund.choose"), { keyboard }).map(() => undefined);
    }
    const { chargeId, amount: stars } = only;
    const asked = await purchases.askRefund({ chargeId, ownerId: actor, at: clock.now() });
    if (asked.isErr()) return asked.error.type === "payment-not-found" ? ok(undefined) : err(asked.error);
    // An alarm, because nobody but an operator answers it.
    log.error({ actor, chargeId }, "a person asks for the money of a payment");
    yield* showMessage(ports, person, say(locale, "refund.asked", { stars, chargeId }));
    // Only for the eye: a press on what is left of the choice is answered that there is nothing to ask for.
    if (digest !== undefined && messageId !== undefined) await removeButtons(api, person.chatId, messageId);
    return ok(undefined);
  });
