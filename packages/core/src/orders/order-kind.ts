import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { NotificationContent, NotificationTemplate } from "../messages/notification.ts";
import type { Policy } from "../policy.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { FileCheck } from "./file-check.ts";
import type { Ended } from "./order-lifecycle.ts";
import type { Order } from "./order.ts";

/** An order that has ended. */
export interface EndedOrder extends Order {
  readonly state: Ended;
}

/** What differs between the kinds of order. Everything else is the same for all of them. */
export interface OrderKind {
  /** Stored with every order of this kind, e.g. `training`. */
  readonly name: string;
  /** The file of the outcome without which the others are worth nothing, e.g. `weights`. */
  readonly mainFile: string;
  /** The messages to the owner; where one is absent, nothing is told. */
  readonly messages: {
    /** It succeeded. The message waits for the copy of the outcome, but not for long. */
    readonly succeeded?: NotificationTemplate | undefined;
    /** It is not known whether the provider has the order. */
    readonly unconfirmed?: NotificationContent | undefined;
    /** The success was told, and then copying the main file was given up. */
    readonly unsaved?: NotificationContent | undefined;
  };
  /** Whether a message about an order of this kind is out of date when it is to be sent; where absent, none is. */
  readonly isOvertaken?:
    | ((tx: Repositories, order: Order, content: NotificationContent) => ResultAsync<boolean, StorageFailure>)
    | undefined;
  /** The message with what is read when it is sent, and not stored; where absent, as it is stored. */
  readonly withLatest?:
    | ((
        tx: Repositories,
        order: Order,
        content: NotificationContent,
      ) => ResultAsync<NotificationContent, StorageFailure>)
    | undefined;
  /** When an accepted order is given up, in seconds from its acceptance. */
  deadlineSeconds(policy: Policy): number;
  /** What the bytes of a file of the outcome have to be. */
  checks(file: string, order: Order): readonly FileCheck[];
  /** What an end changes beyond the order, and the message about it. The caller holds the avatar. */
  end(
    tx: Repositories,
    ports: { readonly clock: Clock; readonly ids: Ids; readonly policy: Policy },
    order: EndedOrder,
  ): ResultAsync<unknown, IllegalTransition | SaveError>;
  /** Whether the outcome is in use, so that its owner is told when copying it is given up. */
  isInUse(tx: Repositories, order: Order): ResultAsync<boolean, SaveError>;
}

/** The kinds of a deployment, by their names. */
export type OrderKinds = Readonly<Record<string, OrderKind>>;

/** The kind of an order. A stored order of a kind that the deployment does not have is a programmer's mistake. */
export function kindOf({ kinds }: { readonly kinds: OrderKinds }, { kind, id }: Pick<Order, "kind" | "id">): OrderKind {
  const found = kinds[kind];
  if (!found) throw new Error(`order ${id} is of the kind ${kind}, which this deployment does not have`);
  return found;
}
