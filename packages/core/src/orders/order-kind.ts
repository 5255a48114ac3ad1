import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { NotificationContent, NotificationTemplate } from "../messages/notification.ts";
import type { Policy } from "../policy.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { InspectorFailure } from "../ports/photo-inspector.ts";
import type { OutsidePorts } from "../ports/outside-ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { WrongContent } from "./checked-file.ts";
import type { FileCheck } from "./file-check.ts";
import type { Ended } from "./order-lifecycle.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { Order } from "./order.ts";
import type { Blocked, OutcomeFile } from "./outcome.ts";

/** An order that has ended. */
export interface EndedOrder extends Order {
  readonly state: Ended;
}

/** When an order is given up, in seconds. */
export interface Deadlines {
  /** From its placing, while it is not submitted. */
  readonly requested: number;
  /** From its POST, while the provider has not confirmed it. */
  readonly unknown: number;
  /** From its acceptance. */
  readonly submitted: number;
  /** All of them are counted from its placing. */
  readonly fromPlacing?: true | undefined;
}

/** How long copying an outcome is tried, in seconds from its end. */
export interface CopySeconds {
  /** A file that cannot be read. */
  readonly unreadable: number;
  /** A file that is not what it should be. */
  readonly wrong: number;
  /** One download; absent: as long as the source allows. A stalled one keeps a worker from other jobs. */
  readonly download?: number | undefined;
}

/** What was found in the bytes of a file. */
export type Judged =
  | { readonly type: "fit"; readonly bytes: Uint8Array; readonly facts: Partial<OutcomeFile> }
  | { readonly type: "blocked"; readonly blocked: Blocked };

export type Judge = (
  ports: Pick<OutsidePorts, "images">,
  order: Order,
  bytes: Uint8Array,
) => ResultAsync<Judged, WrongContent | InspectorFailure>;

/** `later`: it is not known yet. `never`: nothing was reserved. */
export type Settlement = "capture" | "release" | "later" | "never";

/** All ports, as `Ports` names them. */
export interface KindPorts extends OutsidePorts {
  readonly kinds: OrderKinds;
}

export type EndPorts = Pick<KindPorts, "clock" | "ids" | "policy" | "guards" | "consent" | "kinds" | "images" | "log">;

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
  /** Whether the message of its success waits for more than the copy of the outcome; where absent, it does not. */
  readonly waitsFor?: ((tx: Repositories, order: Order) => ResultAsync<boolean, StorageFailure>) | undefined;
  /** When an order is given up in each status, in seconds. */
  deadlines(policy: Policy): Deadlines;
  /** Interval between two polls of a young order; where absent, the policy's `pollSeconds`. */
  readonly pollSeconds?: ((policy: Policy) => number) | undefined;
  /** How long copying the outcome is tried; where absent, the policy's `copyDeadlineSeconds`. */
  readonly copySeconds?: ((policy: Policy) => CopySeconds) | undefined;
  /**
   * Whether this deployment can look at what comes out; where absent, it can. If it cannot, because the host has switched
   * the kind off, an order that waits is not submitted any more.
   */
  readonly isOn?: ((ports: Pick<OutsidePorts, "images">) => boolean) | undefined;
  /** Whether the provider is asked how long a succeeded order ran. */
  readonly timed?: true | undefined;
  /** What the bytes of a file of the outcome have to be. */
  checks(file: string, order: Order): readonly FileCheck[];
  /**
   * Looks at all bytes of a file before they are stored; they are held in memory. Where absent, a file is stored while it
   * is streamed.
   */
  readonly judge?: Judge | undefined;
  /** What becomes of the reserved credits; where absent, they are captured after a success and released otherwise. */
  readonly settlement?: ((order: Order) => Settlement) | undefined;
  /**
   * Places an order that ended in vain once more, and returns when to call it again if it cannot yet. Called by the job that
   * finishes the order, and safe to repeat.
   */
  readonly placeAgain?:
    | ((
        ports: KindPorts,
        order: EndedOrder,
      ) => ResultAsync<Timestamp | undefined, StorageFailure | BlobFailure | CreditsFailure>)
    | undefined;
  /**
   * What follows when the order has ended and each file of its outcome is copied, blocked or given up, in the
   * transaction that notes it. The caller holds the avatar. Safe to repeat. Where absent, the owner is told about the copy.
   */
  readonly finished?:
    ((tx: Repositories, ports: KindPorts, order: EndedOrder) => ResultAsync<void, SaveError>) | undefined;
  /** The message as it is sent, stored with the attempt to send it; where absent, as it was stored. */
  readonly atSending?:
    | ((
        tx: Repositories,
        order: Order,
        content: NotificationContent,
      ) => ResultAsync<NotificationContent, StorageFailure>)
    | undefined;
  /** What an end changes beyond the order, and the message about it. The caller holds the avatar. */
  end(tx: Repositories, ports: EndPorts, order: EndedOrder): ResultAsync<unknown, IllegalTransition | SaveError>;
  /** Whether the outcome is in use, so that its owner is told when copying it is given up. */
  isInUse(tx: Repositories, order: Order): ResultAsync<boolean, SaveError>;
}

/** How long copying the outcome of an order is tried. */
export const copySecondsOf = (
  ports: { readonly kinds: OrderKinds; readonly policy: Policy },
  order: Order,
): CopySeconds =>
  kindOf(ports, order).copySeconds?.(ports.policy) ?? {
    unreadable: ports.policy.copyDeadlineSeconds,
    wrong: ports.policy.copyDeadlineSeconds,
  };

/** When copying the outcome of an order is given up, from when it began. */
export const copyDeadline = (
  ports: { readonly kinds: OrderKinds; readonly policy: Policy },
  order: Order,
  since: Timestamp,
): Timestamp => addSeconds(since, copySecondsOf(ports, order).unreadable);

/** The kinds of a deployment, by their names. */
export type OrderKinds = Readonly<Record<string, OrderKind>>;

/** The kind of an order. A stored order of a kind that the deployment does not have is a programmer's mistake. */
export function kindOf({ kinds }: { readonly kinds: OrderKinds }, { kind, id }: Pick<Order, "kind" | "id">): OrderKind {
  const found = kinds[kind];
  if (!found) throw new Error(`order ${id} is of the kind ${kind}, which this deployment does not have`);
  return found;
}
