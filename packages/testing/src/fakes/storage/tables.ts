import type {
  AlarmRow,
  AuditEntry,
  Avatar,
  Consent,
  ErasedCount,
  ErasedOrder,
  Erasure,
  InboxDelivery,
  Job,
  Notification,
  Owner,
  PaidWorkSwitch,
  Photo,
  Picture,
  Session,
  Sighting,
  Timestamp,
  Order,
} from "@likeness/core";

/** A job that is not finished. */
export interface StoredJob extends Job {
  readonly id: string;
  readonly runAt: Timestamp;
  /** How often it was claimed since it was enqueued or asked to run again. */
  readonly attempts: number;
  readonly claim?: { readonly token: string; readonly until: Timestamp } | undefined;
  /** Why and when it was given up. */
  readonly dead?: { readonly cause: unknown; readonly at: Timestamp } | undefined;
}

/** Rows by id. They are replaced, never changed, so that a copy of the maps is a snapshot. */
export interface Tables {
  readonly avatars: Map<string, Avatar>;
  readonly photos: Map<string, Photo>;
  readonly orders: Map<string, Order>;
  readonly pictures: Map<string, Picture>;
  readonly inbox: Map<string, InboxDelivery>;
  readonly outbox: Map<string, Notification>;
  readonly sessions: Map<string, Session>;
  readonly owners: Map<string, Owner>;
  readonly consents: Map<string, Consent>;
  readonly erasures: Map<string, Erasure>;
  readonly erasedOrders: Map<string, ErasedOrder>;
  /** By day. */
  readonly spending: Map<string, number>;
  readonly switches: Map<string, PaidWorkSwitch>;
  readonly erasedCounts: Map<string, ErasedCount>;
  readonly jobs: Map<string, StoredJob>;
  readonly audit: Map<string, AuditEntry>;
  /** By type and id of the subject. */
  readonly dismissed: Map<string, Timestamp>;
  /** By cause. */
  readonly alarms: Map<string, AlarmRow>;
  /** By what was seen, and of whom. */
  readonly sightings: Map<string, Sighting>;
}

export const emptyTables = (): Tables => ({
  avatars: new Map(),
  photos: new Map(),
  orders: new Map(),
  pictures: new Map(),
  inbox: new Map(),
  outbox: new Map(),
  sessions: new Map(),
  owners: new Map(),
  consents: new Map(),
  erasures: new Map(),
  erasedOrders: new Map(),
  spending: new Map(),
  switches: new Map(),
  erasedCounts: new Map(),
  jobs: new Map(),
  audit: new Map(),
  dismissed: new Map(),
  alarms: new Map(),
  sightings: new Map(),
});

export const snapshotOf = (tables: Tables): Tables => ({
  avatars: new Map(tables.avatars),
  photos: new Map(tables.photos),
  orders: new Map(tables.orders),
  pictures: new Map(tables.pictures),
  inbox: new Map(tables.inbox),
  outbox: new Map(tables.outbox),
  sessions: new Map(tables.sessions),
  owners: new Map(tables.owners),
  consents: new Map(tables.consents),
  erasures: new Map(tables.erasures),
  erasedOrders: new Map(tables.erasedOrders),
  spending: new Map(tables.spending),
  switches: new Map(tables.switches),
  erasedCounts: new Map(tables.erasedCounts),
  jobs: new Map(tables.jobs),
  audit: new Map(tables.audit),
  dismissed: new Map(tables.dismissed),
  alarms: new Map(tables.alarms),
  sightings: new Map(tables.sightings),
});
