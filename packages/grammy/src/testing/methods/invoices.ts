import { createHash } from "node:crypto";
import { ok, safeTry, type Result } from "neverthrow";
import { z } from "zod";
import { addMessage } from "../state/chats.ts";
import type { InvoiceRecord } from "../state/telegram-snapshot.ts";
import { characters } from "../text/formatted-text.ts";
import type { BotCall } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";
import { keyboardOf } from "./message-parts.ts";
import { readReplyMarkup, type Markup } from "./reply-markup.ts";
import { replyTo } from "./reply-to.ts";
import { threadOf } from "./thread.ts";
import { writableChat } from "./writable-chat.ts";

/** Only invoices in Stars. https://core.telegram.org/bots/api#sendinvoice */
export const sendInvoice: Method = (context, call) =>
  safeTry(function* () {
    const invoice = yield* readInvoice(call);
    const markup = yield* readReplyMarkup(call.fields["reply_markup"]).andThen(withPayButton);
    const chat = yield* writableChat(context, call);
    const thread = yield* threadOf(chat, call);
    const reply = yield* replyTo(chat, call);
    const { title, description, stars, startParameter } = invoice;
    const shown = { title, description, start_parameter: startParameter, currency: "XTR", total_amount: stars };
    const content = { invoice: shown, ...reply, ...thread, ...keyboardOf(markup) };
    return ok({ result: addMessage(context, chat.person.id, { from: context.state.bot, content, invoice }) });
  });

/** Only for one payment: subscriptions are not played. https://core.telegram.org/bots/api#createinvoicelink */
export const createInvoiceLink: Method = ({ state }, call) => {
  if (call.fields["subscription_period"] !== undefined) return refuse(400, "SUBSCRIPTION_PERIOD_INVALID");
  return readInvoice(call).map((invoice) => {
    const number = Object.keys(state.invoiceLinks).length;
    const slug = createHash("sha256").update(`${state.bot.id}:${number}`).digest("base64url").slice(0, 22);
    const link = `https://t.me/$${slug}`;
    state.invoiceLinks[link] = invoice;
    return { result: link };
  });
};

function withPayButton(markup: Markup): Result<Markup, Refusal> {
  const [first] = markup.keyboard?.inline_keyboard.flat() ?? [];
  return !first || "pay" in first ? ok(markup) : refuse(400, "BUTTON_TYPE_INVALID");
}

function readInvoice(call: BotCall): Result<InvoiceRecord, Refusal> {
  const [title, description, payload] = ["title", "description", "payload"].map((name) => textOf(call, name)) as [
    string,
    string,
    string,
  ];
  if (characters(title) < 1 || characters(title) > 32) return refuse(400, "INVOICE_TITLE_INVALID");
  if (characters(description) < 1 || characters(description) > 255) return refuse(400, "INVOICE_DESCRIPTION_INVALID");
  const bytes = Buffer.byteLength(payload);
  if (bytes < 1 || bytes > 128) return refuse(400, "INVOICE_PAYLOAD_INVALID");
  // Other currencies need the token of a payment provider.
  if (textOf(call, "currency") !== "XTR" || textOf(call, "provider_token") !== "")
    return refuse(400, "PAYMENT_PROVIDER_INVALID");
  if (tips.some((name) => call.fields[name] !== undefined)) return refuse(400, "STARS_INVOICE_INVALID");
  const prices = pricesSchema.safeParse(call.fields["prices"]);
  if (!prices.success) return refuse(400, "can't parse prices JSON object");
  const [price, ...others] = prices.data;
  if (!price || others.length > 0 || price.amount < 1) return refuse(400, "STARS_INVOICE_INVALID");
  return ok({ title, description, payload, stars: price.amount, startParameter: textOf(call, "start_parameter") });
}

const tips = ["max_tip_amount", "suggested_tip_amounts"];

const pricesSchema = z.array(z.object({ label: z.string().min(1), amount: z.int() }));
