import type { Clock, GuardCommands, Ids, Log, Store } from "@likeness/core";
import { starShop, type StarShop } from "@likeness/grammy";
import { Composer, type Api } from "grammy";
import { okAsync } from "neverthrow";
import type { Accounts } from "./open-accounts.ts";
import type { ShopSettings } from "./settings/settings.ts";

export interface Shop extends StarShop {
  /** Whether anything is sold at present. */
  readonly sells: boolean;
}

export interface ShopParts extends Accounts {
  /** Whether the bot is for a person, and orders anything. */
  readonly guards: GuardCommands;
  /** Whom people write to about payments, if the host says. */
  readonly support?: string | undefined;
  readonly api: Api;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * The shop of the bot. Without packages it stays open for what was sold: payments that come late, refunds, `/balance` and
 * `/paysupport`. Where orders are free, only payments that come late are taken.
 */
export function openShop(settings: ShopSettings | undefined, { credits, support, guards, ...parts }: ShopParts): Shop {
  const open = { ...parts, allows: guards.allows, takesOrders: guards.takesOrders };
  if (settings && credits)
    return { sells: settings.packages.length > 0, ...starShop({ ...settings, ...open, credits, hasAvatars: true }) };
  return latePayments(starShop({ ...open, packages: [], support: support ?? "/help" }), parts);
}

/** Keeps and credits what somebody pays for an invoice of before, and says it to the operator. Has no commands. */
function latePayments(shop: StarShop, { log }: Pick<ShopParts, "log">): Shop {
  const late = new Composer();
  late.on(["message:successful_payment", "message:refunded_payment", "pre_checkout_query"], async (context, next) => {
    const paid = context.message?.successful_payment;
    if (paid) {
      const ids = { actor: `telegram:${context.chat?.id}`, chargeId: paid.telegram_payment_charge_id };
      log.error({ ...ids, stars: paid.total_amount }, "a payment came although nothing is sold; it can be given back");
    }
    await shop.middleware()(context, next);
  });
  return {
    ...shop,
    sells: false,
    commands: [],
    middleware: () => late.middleware(),
    reconcile: () => okAsync(undefined),
  };
}
