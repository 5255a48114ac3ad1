import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Person } from "../chat/chat-ports.ts";
import type { ChatError, PressAnswer } from "../chat/press.ts";
import { noteSaid, showMessage } from "../chat/show-message.ts";
import { removeButtons, sentTo } from "../telegram/messages.ts";
import { isOpen } from "./is-open.ts";
import { payloadOf } from "./purchase-payload.ts";
import type { ShopData } from "./shop-data.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { starCurrency } from "./star-package.ts";

/** The deep link of a forwarded invoice: with none, others could pay it. https://core.telegram.org/bots/api#sendinvoice */
export const startParameter = "buy";

/**
 * Opens the purchase and sends its invoice. The message with the packages opens one purchase, so the first press uses it
 * up; the same press handled again sends the invoice only if it was not sent.
 */
export const buyPackage = (
  ports: ShopPorts,
  person: Person,
  { credits, stars }: Extract<ShopData, { readonly verb: "buy" }>,
  messageId: number | undefined,
): ResultAsync<PressAnswer, ChatError> =>
  safeTry(async function* () {
    const { api, clock, ids, packages, purchases, say, unit } = ports;
    const { actor, chatId, locale } = person;
    if (!ports.allows(person)) {
      yield* showMessage(ports, person, say(locale, "not-allowed"));
      return ok(undefined);
    }
    const old = ok(say(locale, "toast.old-button"));
    const isSold = packages.some((each) => each.credits === credits && each.stars === stars);
    if (!isSold || messageId === undefined) return old;
    if (!(yield* isOpen(ports, person))) {
      yield* showMessage(ports, person, say(locale, "shop.empty"));
      return ok(undefined);
    }
    const { purchase } = yield* purchases.open({
      id: ids.next(),
      key: `telegram:${chatId}:${messageId}`,
      ownerId: actor,
      credits,
      amount: stars,
      currency: starCurrency,
      createdAt: clock.now(),
    });
    const isThis = purchase.ownerId === actor && purchase.credits === credits && purchase.amount === stars;
    if (!isThis || purchase.invoicedAt !== undefined) return old;
    const given = { credits: { amount: credits, unit }, stars };
    const title = say(locale, "invoice.title", given);
    const sent = yield* sentTo(person, (thread) =>
      api.sendInvoice(
        chatId,
        title,
        say(locale, "invoice.description", given),
        payloadOf(purchase.id),
        starCurrency,
        [{ label: title, amount: stars }],
        { ...thread, provider_token: "", start_parameter: startParameter },
      ),
    );
    yield* purchases.noteInvoice(purchase.id, clock.now());
    yield* noteSaid(ports, person, sent.message_id);
    // Only for the eye: a press on what is left is answered that it is old.
    await removeButtons(api, chatId, messageId);
    return ok(undefined);
  });
