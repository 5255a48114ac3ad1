import type { DeliveryView, Need, Needs, OrderView, PaymentView } from "@likeness/core";
import type { ActName, ActSubject } from "./acts.ts";
import { number, order, text, time, type Cell } from "./cell.ts";
import { sum } from "./sum.ts";

/** A column of a list; a row without a value has an empty cell. */
export interface Column<Row> {
  readonly name: string;
  cellOf(row: Row): Cell | undefined;
}

/** How a list of what needs a person is shown, and what can be done about its rows. */
export interface NeedTable<Row> {
  readonly title: string;
  /** What an operator does about a row. */
  readonly advice: string;
  readonly columns: readonly Column<Row>[];
  /** What the acts are about. */
  subjectOf(row: Row): ActSubject;
  /** The usual one first. */
  readonly acts: readonly ActName[];
}

const column = <Row>(name: string, cellOf: (row: Row) => Cell | undefined): Column<Row> => ({ name, cellOf });

const orderSubject = ({ id }: OrderView): ActSubject => ({ type: "order", id });

const orderId = column<OrderView>("order", ({ id }) => order(id));
const kind = column<OrderView>("kind", (row) =>
  text(row.preset === undefined ? row.kind : `${row.kind} ${row.preset}`),
);
const owner = column<{ readonly ownerId: string }>("owner", ({ ownerId }) => text(ownerId));
const ended = column<OrderView>("ended", ({ finishedAt }) => time(finishedAt));
const request = column<OrderView>("request", ({ requestId }) => text(requestId));

/** The lists of `inspect`, in its order. */
export const needTables: { readonly [Name in Need]: NeedTable<Needs[Name]> } = {
  unknown: {
    title: "Not confirmed by the provider",
    advice: "Look now; look for the request at the provider.",
    columns: [
      orderId,
      kind,
      column("posted", ({ postedAt }) => time(postedAt)),
      column("endpoint", ({ endpoint }) => text(endpoint)),
      owner,
    ],
    subjectOf: orderSubject,
    acts: ["look"],
  },
  late: {
    title: "Late results",
    advice: "Adopt the result, or dismiss it.",
    columns: [orderId, kind, ended, column("status", statusOf), owner],
    subjectOf: orderSubject,
    acts: ["adopt", "dismiss"],
  },
  uncopied: {
    title: "Models that are not copied",
    advice: "Copy it again, or dismiss it.",
    columns: [orderId, kind, ended, request, owner],
    subjectOf: orderSubject,
    acts: ["copy-again", "dismiss"],
  },
  deliveries: {
    title: "Deliveries that came to nothing",
    advice: "Look at the order; dismiss it.",
    columns: [
      column("delivery", ({ id }) => text(id)),
      column("source", ({ source }) => text(source)),
      column("outcome", ({ outcome }) => text(outcome)),
      column("received", ({ receivedAt }) => time(receivedAt)),
      column("order", (row: DeliveryView) => order(row.orderId)),
      column("request", ({ requestId }) => text(requestId)),
    ],
    subjectOf: ({ id }) => ({ type: "delivery", id }),
    acts: ["dismiss"],
  },
  messages: {
    title: "Messages that were given up",
    advice: "Send it again, or dismiss it.",
    columns: [
      column("message", ({ id }) => text(id)),
      column("template", ({ template }) => text(template)),
      column("stored", ({ storedAt }) => time(storedAt)),
      column("attempts", ({ attempts }) => number(attempts)),
      owner,
      column("order", (row) => order(row.orderId)),
      column("why", ({ detail }) => text(detail)),
    ],
    subjectOf: ({ id }) => ({ type: "message", id }),
    acts: ["send-again", "dismiss"],
  },
  jobs: {
    title: "Jobs that were given up",
    advice: "Revive it, or dismiss it, which deletes it.",
    columns: [
      column("job", ({ id }) => text(id)),
      column("kind", (row) => text(row.kind)),
      column("key", ({ key }) => text(key)),
      column("died", ({ at }) => time(at)),
      column("attempts", ({ attempts }) => number(attempts)),
      column("why", ({ error }) => text(error)),
    ],
    subjectOf: ({ id }) => ({ type: "job", id }),
    acts: ["revive", "dismiss"],
  },
  holds: {
    title: "Credits that are still reserved",
    advice: "Look why in the log and the ledger: the sweeper should have settled them.",
    columns: [column("order", (row) => order(row.orderId)), column("should be", ({ settles }) => text(`${settles}d`))],
    subjectOf: (row) => ({ type: "order", id: row.orderId }),
    acts: [],
  },
  payments: {
    title: "Payments",
    advice: "Refund it, or give its owner the credits.",
    columns: [
      column("charge", ({ chargeId }) => text(chargeId)),
      column("state", (row: PaymentView) => text(row.state)),
      column("paid", ({ paidAt }) => time(paidAt)),
      column("sum", ({ amount, currency }) => text(sum(amount, currency))),
      column("credits", ({ credits }) => number(credits)),
      owner,
      column("refund asked", ({ refundAskedAt }) => time(refundAskedAt)),
      column("refund ordered", ({ refundOrderedAt }) => time(refundOrderedAt)),
    ],
    subjectOf: ({ chargeId }) => ({ type: "payment", id: chargeId }),
    acts: ["refund"],
  },
};

function statusOf({ status, reason, copied }: OrderView): Cell | undefined {
  const why = reason === undefined ? status : `${status} (${reason})`;
  return text(copied === false ? `${why}, not copied yet` : why);
}
