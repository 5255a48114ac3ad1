import type { Timestamp } from "../values/timestamp.ts";

/** What a person means to buy, stored before the invoice is sent. What is paid for is read from here, and from nowhere else. */
export interface Purchase {
  readonly id: string;
  readonly ownerId: string;
  /** Whole credits that a payment adds. */
  readonly credits: number;
  /** The price, in whole units of the currency. */
  readonly amount: number;
  /** e.g. `XTR`, Telegram Stars. */
  readonly currency: string;
  readonly createdAt: Timestamp;
  /** When its invoice was sent. */
  readonly invoicedAt?: Timestamp | undefined;
}
