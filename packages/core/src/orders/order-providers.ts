import { errAsync, okAsync } from "neverthrow";
import type { Recipes } from "../images/recipe.ts";
import type { OutcomeSource, Provider, ProviderRefused } from "../ports/provider.ts";
import type { WebhookReceiver } from "../ports/webhook-receiver.ts";
import type { Order } from "./order.ts";

/**
 * A provider of this deployment before its present one. What was ordered there goes on there. Orders know their provider
 * by its name, so each has another one: two accounts at one provider need two names.
 */
export interface FormerProvider {
  readonly provider: Provider;
  readonly outcomes: OutcomeSource;
  /** Absent: its webhooks are refused, and its orders are polled. */
  readonly receiver?: WebhookReceiver | undefined;
  /** How it makes pictures with the models that it has trained; absent: they make no pictures any more. */
  readonly recipes?: Recipes | undefined;
}

/** How much providers erase: `part` leaves e.g. records, or all that a former provider keeps. */
export type ErasureReach = "all" | "part" | "none";

/** The provider of new orders, by which those of former providers are reached too. */
export interface OrderProviders extends Provider {
  /** Whether the provider with this name can erase. */
  canErase(provider: string): boolean;
}

/**
 * Calls the provider at which an order was placed, by the name that is stored with the order. An order of one that is not
 * there reaches nobody: it is not sent, not asked for and not stopped, and ends at its deadline.
 */
export function orderProviders(current: Provider, former: readonly Provider[] = []): OrderProviders {
  const all = [current, ...former];
  checkNames(all.map(({ name }) => name));
  const named = (name: string): Provider | undefined => all.find((provider) => provider.name === name);
  const of = (order: Order): Provider | undefined => named(order.provider);
  return {
    name: current.name,
    prepare: (order, archive) => of(order)?.prepare(order, archive) ?? errAsync(elsewhere(order)),
    submit: (submission) =>
      of(submission.order)?.submit(submission) ?? errAsync({ ...elsewhere(submission.order), type: "submit-refused" }),
    look: (order) => of(order)?.look(order) ?? errAsync(elsewhere(order)),
    // Where a provider cannot stop an order, it goes on there, and what comes out is kept as a late result.
    ...(all.some(({ cancel }) => cancel) && { cancel: (order) => of(order)?.cancel?.(order) ?? okAsync("requested") }),
    ...(all.some(({ find }) => find) && { find: (order) => of(order)?.find?.(order) ?? okAsync(undefined) }),
    ...(all.some(({ erase }) => erase) && {
      erase: (trace) => named(trace.provider ?? current.name)?.erase?.(trace) ?? errAsync(cannotErase),
    }),
    ...(all.some(({ erase, erasesPart }) => !erase || erasesPart) && { erasesPart: true }),
    canErase: (name) => named(name)?.erase !== undefined,
  };
}

/** Throws for a name that two have: orders are given to the first one of their name. */
function checkNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two providers are named ${twice}`);
}

/** How much of what providers keep of an order can be erased; with several providers, of all of them. */
export const erasureReach = ({ erase, erasesPart }: Provider): ErasureReach =>
  !erase ? "none" : erasesPart ? "part" : "all";

const elsewhere = ({ provider }: Order): ProviderRefused => ({
  type: "provider-refused",
  status: 0,
  detail: `the order was placed at ${provider}, which this deployment does not use any more`,
});

const cannotErase: ProviderRefused = { type: "provider-refused", status: 0, detail: "the provider cannot erase" };

/** The source of the provider of new orders, by which those of former providers are reached too. */
export interface OutcomeSources extends OutcomeSource {
  /** Where the files of this order are read. */
  of(order: Order): OutcomeSource;
}

/** Reads the files of an order where its provider keeps them. */
export function outcomeSources(
  current: { readonly name: string; readonly outcomes: OutcomeSource },
  former: readonly FormerProvider[] = [],
): OutcomeSources {
  const { outcomes } = current;
  const named = (name: string): OutcomeSource | undefined =>
    name === current.name ? outcomes : former.find(({ provider }) => provider.name === name)?.outcomes;
  return {
    open: (...call) => outcomes.open(...call),
    of: (order) => named(order.provider) ?? { open: () => errAsync(elsewhere(order)) },
  };
}
