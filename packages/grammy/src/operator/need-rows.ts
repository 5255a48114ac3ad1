import type { DeliveryView, Need, Needs, OrderView } from "@likeness/core";
import type { ActSubject, ChatAct } from "./operator-acts.ts";
import type { FactName } from "./operator-texts.ts";

/** A value of a row with its name; rows without it have no such line. */
export type Fact = readonly [name: FactName, value: string | number | undefined];

/** How a row of a list looks in the chat. */
export interface NeedRow<Row> {
  subjectOf(row: Row): ActSubject;
  /** What a button says of it, beside its age. */
  aboutOf(row: Row): string;
  /** The time that its age is told by. */
  atOf(row: Row): string | undefined;
  factsOf(row: Row): readonly Fact[];
  /** The order that it is about. */
  orderOf(row: Row): string | undefined;
  readonly acts: readonly ChatAct[];
}

const kindOf = ({ kind, preset }: OrderView): string => (preset === undefined ? kind : `${kind} ${preset}`);

/** What is told of an order, in a list and alone. */
export const orderFacts = (row: OrderView): readonly Fact[] => [
  ["order", row.id],
  ["kind", kindOf(row)],
  ["status", row.reason === undefined ? row.status : `${row.status} (${row.reason})`],
  ["why", row.detail],
  ["owner", row.ownerId],
  ["provider", `${row.provider} ${row.endpoint}`],
  ["request", row.requestId],
  ["placed", row.placedAt],
  ["posted", row.postedAt],
  ["ended", row.finishedAt],
];

const orderRow = (acts: readonly ChatAct[], atOf: (row: OrderView) => string | undefined): NeedRow<OrderView> => ({
  subjectOf: ({ id }) => ({ type: "order", id }),
  aboutOf: kindOf,
  atOf,
  factsOf: orderFacts,
  orderOf: ({ id }) => id,
  acts,
});

/** The lists of `inspect`, in its order. */
export const needRows: { readonly [Name in Need]: NeedRow<Needs[Name]> } = {
  unknown: orderRow(["look"], ({ postedAt }) => postedAt),
  late: orderRow(["adopt", "dismiss"], ({ finishedAt }) => finishedAt),
  uncopied: orderRow(["copy-again", "dismiss"], ({ finishedAt }) => finishedAt),
  deliveries: {
    subjectOf: ({ id }) => ({ type: "delivery", id }),
    aboutOf: ({ source, outcome }: DeliveryView) => (outcome === undefined ? source : `${source} ${outcome}`),
    atOf: ({ receivedAt }) => receivedAt,
    factsOf: ({ source, outcome, receivedAt, requestId, orderId, ownerId }) => [
      ["source", source],
      ["outcome", outcome],
      ["received", receivedAt],
      ["request", requestId],
      ["order", orderId],
      ["owner", ownerId],
    ],
    orderOf: ({ orderId }) => orderId,
    acts: ["dismiss"],
  },
  messages: {
    subjectOf: ({ id }) => ({ type: "message", id }),
    aboutOf: ({ template }) => template,
    atOf: ({ storedAt }) => storedAt,
    factsOf: ({ id, template, ownerId, storedAt, attempts, detail, orderId }) => [
      ["message", id],
      ["kind", template],
      ["owner", ownerId],
      ["stored", storedAt],
      ["attempts", attempts],
      ["why", detail],
      ["order", orderId],
    ],
    orderOf: ({ orderId }) => orderId,
    acts: ["send-again", "dismiss"],
  },
  jobs: {
    subjectOf: ({ id }) => ({ type: "job", id }),
    aboutOf: ({ kind }) => kind,
    atOf: ({ at }) => at,
    factsOf: ({ id, kind, key, attempts, at, error }) => [
      ["job", id],
      ["kind", `${kind} ${key}`],
      ["died", at],
      ["attempts", attempts],
      ["why", error],
    ],
    orderOf: () => undefined,
    acts: ["revive", "dismiss"],
  },
  holds: {
    subjectOf: ({ orderId: id }) => ({ type: "hold", id }),
    aboutOf: ({ settles }) => settles,
    atOf: () => undefined,
    factsOf: ({ orderId, settles }) => [
      ["order", orderId],
      ["status", settles],
    ],
    orderOf: ({ orderId }) => orderId,
    acts: [],
  },
  payments: {
    subjectOf: ({ chargeId: id }) => ({ type: "payment", id }),
    aboutOf: ({ amount, currency, state }) => `${amount} ${currency} ${state}`,
    atOf: ({ paidAt }) => paidAt,
    factsOf: (row) => [
      ["charge", row.chargeId],
      ["status", row.state],
      ["sum", `${row.amount} ${row.currency}`],
      ["credits", row.credits],
      ["owner", row.ownerId],
      ["paid", row.paidAt],
      ["refund-asked", row.refundAskedAt],
      ["refund-ordered", row.refundOrderedAt],
    ],
    orderOf: () => undefined,
    acts: ["refund"],
  },
};
