import { found, type Check, type Found } from "../ports/check.ts";
import type { Store } from "../ports/store.ts";
import type { WebhookReceiver } from "../ports/webhook-receiver.ts";
import { findAccount, type ProviderAccount } from "./provider-account.ts";

/** Says whose webhooks are taken, of each provider where that is learned. */
export const accountChecks = ({ sessions }: Pick<Store, "sessions">, receivers: readonly WebhookReceiver[]): Check[] =>
  receivers
    .filter(({ accountOf }) => accountOf !== undefined)
    .map(({ source }) => ({
      name: `${source} account`,
      cheap: true,
      look: async () =>
        (await findAccount(sessions, source)).match(
          (account) => [said(account)],
          () => [found.skipped("the database does not tell which account is ours")],
        ),
    }));

const said = (known: ProviderAccount | undefined): Found =>
  known
    ? found.ok(`webhooks are taken for ${known.account}, ${sources[known.by]} ${known.since.slice(0, 16)}Z`)
    : found.ok("not known yet: the first webhook about an order of ours tells it");

const sources = { delivery: "learned from a webhook at", operator: "named by an operator at" } as const;
