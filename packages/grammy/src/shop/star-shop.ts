import {
  paymentJobs,
  silentLog,
  systemClock,
  uuidV7,
  type Clock,
  type Credits,
  type Ids,
  type JobHandlers,
  type Log,
  type Purchases,
  type StorageFailure,
  type Store,
} from "@likeness/core";
import type { Api, MiddlewareFn } from "grammy";
import { okAsync, type ResultAsync } from "neverthrow";
import type { ExtraCommand } from "../chat/commands/extra-command.ts";
import { chatApi } from "../telegram/chat-api.ts";
import { locales, type TextOptions } from "../texts/catalog.ts";
import { sayIn } from "../texts/say.ts";
import type { AnswerAtOnce } from "../updates/without-waiting.ts";
import { answerPreCheckout } from "./pre-checkout.ts";
import { purchaseIdIn } from "./purchase-payload.ts";
import { reconcile } from "./reconcile.ts";
import { refundPayment } from "./refund-payment.ts";
import { listedCommands, routeShop } from "./route-shop.ts";
import type { ShopPorts, TakesOrders } from "./shop-ports.ts";
import { checkPackages, checkTitles, type StarPackage } from "./star-package.ts";
import { reconcileAlways } from "./take-payment.ts";
import { tellPayment } from "./tell-payment.ts";

export interface StarShopOptions extends TextOptions {
  /**
   * What is sold, in the order of the buttons. A package that is taken out can no longer be paid. Empty: nothing is sold;
   * payments that come late, refunds, `/balance` and `/paysupport` go on.
   */
  readonly packages: readonly StarPackage[];
  readonly purchases: Purchases;
  /** Shows `/balance`, the balance after a payment, and in `/buy` what things cost. Absent: there is no such command. */
  readonly credits?: Pick<Credits, "balance" | "quote"> | undefined;
  /** Whether the bot has `avatarChat`, too: a payment then leads back to the avatars. Default `false`. */
  readonly hasAvatars?: boolean | undefined;
  /** What credits are called. Default `credits`. */
  readonly unit?: string | undefined;
  /** Whom people write to about payments, e.g. `@support` or an address: shown by `/paysupport`. */
  readonly support: string;
  /** What people agree to when they buy, e.g. an address: shown before they pay. */
  readonly terms?: string | undefined;
  /** Whether something is sold to a person, e.g. `likeness.guards.allows`. Default: to everybody. */
  readonly allows?: ((command: { readonly actor: string }) => boolean) | undefined;
  /**
   * Whether anything can be ordered, e.g. `likeness.guards.takesOrders`: while it cannot, nothing is sold, and no invoice
   * can be paid. Default: always.
   */
  readonly takesOrders?: TakesOrders | undefined;
  /** The store of the bot, with its job queue. */
  readonly store: Store;
  /** `bot.api`. */
  readonly api: Api;
  /** Seconds between two comparisons with Telegram's list. Default: a day. */
  readonly reconcileSeconds?: number | undefined;
  /**
   * `false`: the host sells other things in the same bot, and the shop passes on what is not its own. Default: every
   * payment in the bot is the shop's, so one that it does not know is refused, or kept for the operator if it was made.
   */
  readonly onlySeller?: boolean | undefined;
  readonly clock?: Clock | undefined;
  readonly ids?: Ids | undefined;
  readonly log?: Log | undefined;
}

export interface StarShop {
  /** `/buy`, `/balance`, `/paysupport`, their buttons and payments. Everything else is passed on. */
  middleware(): MiddlewareFn;
  /** For `telegramUpdates`: answers the question before a payment at once, outside of every queue. */
  readonly answerAtOnce: AnswerAtOnce;
  /** For `likeness.start`. */
  readonly handlers: JobHandlers;
  /** For `avatarChat({ moreCommands })`. */
  readonly commands: readonly ExtraCommand[];
  /** Has the payments compared with Telegram's list now, and regularly from then on. Call it at every start. */
  reconcile(): ResultAsync<void, StorageFailure>;
}

/**
 * Sells credits for Telegram Stars, for a bot of the host's: packages that are paid once. Subscriptions are left out, as are
 * paid media, gifts and tips. Throws for packages that cannot be sold, and for a unit that an invoice has no room for.
 *
 * @example
 * const packages = [{ credits: 10, stars: 50 }];
 * const shop = starShop({ packages, purchases, credits, support: "@support", store, api: bot.api });
 * bot.use(shop);
 * const started = await likeness.start(shop.handlers);
 * if (started.isErr()) throw new Error("the queue does not start", { cause: started.error });
 */
export function starShop(options: StarShopOptions): StarShop {
  const { purchases, store, support, terms, texts, translate, credits } = options;
  const { clock = systemClock, log = silentLog, unit = "credits", onlySeller = true } = options;
  const ports: ShopPorts = {
    packages: checkPackages(options.packages),
    purchases,
    balance: credits?.balance,
    quote: credits?.quote,
    hasAvatars: options.hasAvatars ?? false,
    unit,
    support,
    terms,
    store,
    api: chatApi(options.api, { sessions: store.sessions, clock }),
    clock,
    ids: options.ids ?? uuidV7(clock),
    log,
    say: sayIn({ texts, translate }, log),
    onlySeller,
    allows: options.allows ?? (() => true),
    takesOrders: options.takesOrders ?? (() => okAsync(undefined)),
    reconcileSeconds: options.reconcileSeconds ?? 86_400,
  };
  const answerAtOnce: AnswerAtOnce = ({ pre_checkout_query: query }) =>
    query && (onlySeller || purchaseIdIn(query.invoice_payload) !== undefined)
      ? answerPreCheckout(ports, query)
      : undefined;
  checkTitles(ports.packages, { ...ports, locales: [...locales, ...Object.keys(texts ?? {})] });
  return {
    middleware: () => routeShop(ports, answerAtOnce),
    answerAtOnce,
    handlers: {
      [paymentJobs.tell]: tellPayment(ports),
      [paymentJobs.refund]: refundPayment(ports),
      [paymentJobs.reconcile]: reconcile(ports),
    },
    commands: listedCommands(ports).map((command) => ({
      command,
      describe: (locale) => ports.say(locale, `command.${command}`),
    })),
    reconcile: () => reconcileAlways(ports),
  };
}
