import type { Timestamp } from "../values/timestamp.ts";

/** How many there are; with `more`, at least so many. */
interface Counted {
  readonly count: number;
  readonly more?: true | undefined;
}

/** Rows with a job of their own. */
export type OverdueRow = "order" | "delivery" | "message" | "photo" | "erasure";

/** What an operator is told about each cause: numbers, codes and times, never words, addresses or ids of people. */
export interface AlarmFacts {
  /** Orders that the provider has not confirmed for a quarter of an hour. */
  readonly "orders-unknown": Counted;
  /** Rows whose job should have run a quarter of an hour ago: jobs do not run, or fail again and again. */
  readonly "work-overdue": { readonly of: readonly OverdueRow[] };
  /** Webhooks with a valid address whose signature was refused within the last quarter of an hour. */
  readonly "webhooks-refused": { readonly lastAt: Timestamp };
  /** Webhooks that have waited for a quarter of an hour for the keys or the account that verify them. */
  readonly "webhooks-unverified": Counted;
  /** Messages to people that were given up. */
  readonly "messages-dead": Counted;
  /** Jobs that were given up. */
  readonly "jobs-dead": Counted;
  /** The provider refuses the account: 401 and 403 mean the key or a locked account, 402 the balance. */
  readonly "provider-refuses": { readonly call: string; readonly status: number; readonly lastAt: Timestamp };
  /** Four fifths of what a day may cost are spent. In US dollars. */
  readonly "spending-near-cap": { readonly spent: number; readonly cap: number };
}

export type AlarmCause = keyof AlarmFacts;

/** One alarm of each cause: it is on, or was over last. */
export interface AlarmRow<Cause extends AlarmCause = AlarmCause> {
  readonly cause: Cause;
  readonly version: number;
  readonly state: AlarmState;
  /** As they were seen last. */
  readonly facts: AlarmFacts[Cause];
  /** For how long the cause has to be gone before the alarm is over. Grows while the alarm comes again and again. */
  readonly calmSeconds: number;
  /** What each channel was told last, by its name. */
  readonly told: Readonly<Record<string, Told>>;
}

export type AlarmState =
  /** `calmSince`: the cause has been gone since then. */
  | { readonly status: "on"; readonly since: Timestamp; readonly calmSince?: Timestamp | undefined }
  | { readonly status: "over"; readonly since: Timestamp; readonly until: Timestamp };

export interface Told {
  /** Id of the alarm. */
  readonly id: string;
  readonly attempts: number;
  /** Not before this may somebody try (again); absent: it was told, or given up. */
  readonly tryAt?: Timestamp | undefined;
}

/** That a cause has begun, or is over. JSON. */
export type Alarm = { [Cause in AlarmCause]: AlarmOf<Cause> }[AlarmCause];

export interface AlarmOf<Cause extends AlarmCause> {
  /** The same each time that it is told. */
  readonly id: string;
  readonly type: "begun" | "over";
  readonly cause: Cause;
  readonly since: Timestamp;
  /** Since when the cause is gone, of one that is over. */
  readonly until?: Timestamp | undefined;
  readonly facts: AlarmFacts[Cause];
  /** A plain sentence in English for people, without markup. */
  readonly text: string;
}
