import type { Need } from "@likeness/core";
import type { ActOutcome, ChatAct } from "./operator-acts.ts";

/** What a value of a row is called. */
export type FactName =
  | "order"
  | "kind"
  | "status"
  | "why"
  | "owner"
  | "provider"
  | "request"
  | "placed"
  | "ended"
  | "posted"
  | "source"
  | "outcome"
  | "received"
  | "message"
  | "stored"
  | "attempts"
  | "job"
  | "died"
  | "charge"
  | "paid"
  | "sum"
  | "credits"
  | "refund-asked"
  | "refund-ordered";

/** Why something was not done or told. */
export type ChatProblem =
  /** There is no such row any more. */
  | "gone"
  /** There is nothing that the act could do about the row. */
  | "nothing"
  /** The status of the row does not allow it now. */
  | "status"
  /** The avatar is trained again, or has a newer model. */
  | "newer"
  /** The provider's own words follow. */
  | "refused"
  /** The provider does not answer. */
  | "provider"
  /** The database or another part does not answer. */
  | "trouble";

/** What the chat says to operators. Codes of rows stay as they are, in any language. Buttons have 30 characters at most. */
export interface OperatorTexts {
  /** Of the command, in the menu of the chat. */
  readonly menu: string;
  readonly well: string;
  readonly needed: string;
  readonly waits: string;
  /** For how long an alarm stands, e.g. `Begun 5 min ago.` */
  since(ago: string): string;
  readonly lists: Readonly<Record<Need, string>>;
  readonly empty: string;
  readonly newest: string;
  readonly happened: string;
  readonly facts: Readonly<Record<FactName, string>>;
  readonly acts: Readonly<Record<ChatAct, string>>;
  /** Asked before the act is done. */
  readonly asks: Readonly<Record<ChatAct, string>>;
  readonly outcomes: Readonly<Record<ActOutcome, string>>;
  readonly problems: Readonly<Record<ChatProblem, string>>;
  readonly yes: string;
  readonly back: string;
  readonly overview: string;
  readonly refresh: string;
  readonly showOrder: string;
}
