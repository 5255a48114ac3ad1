import type { JobOutlet, Repositories, Store } from "@likeness/core";
import type { Kysely } from "kysely";
import { transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { isSqlite } from "../sqlite/sqlite-dialect.ts";
import { wipeSqlite } from "../sqlite/wipe-sqlite.ts";
import { avatarRepository } from "./avatar-repository.ts";
import { consentRepository } from "./consent-repository.ts";
import { databaseChecks } from "./database-checks.ts";
import { erasureRepository } from "./erasure-repository.ts";
import { guardRepository } from "./guard-repository.ts";
import { inboxRepository } from "./inbox-repository.ts";
import { operatorRepository } from "./operator/operator-repository.ts";
import { outboxRepository } from "./outbox-repository.ts";
import { ownerRepository } from "./owner-repository.ts";
import { photoRepository } from "./photo-repository.ts";
import { pictureRepository } from "./picture-repository.ts";
import { sessionRepository } from "./session-repository.ts";
import { orderRepository } from "./order-repository.ts";

export interface KyselyStoreOptions {
  /** Binds the queue's `enqueue` to a database, or to a transaction of it: `jobs: queue.within`. */
  jobs(db: Kysely<Database>): JobOutlet;
}

/** The `Store` of core on a migrated database. The caller opens, migrates and closes `db`. */
export function kyselyStore(db: Kysely<Database>, { jobs }: KyselyStoreOptions): Store {
  const repositories = (tx: Kysely<Database>): Repositories => ({
    avatars: avatarRepository(tx),
    photos: photoRepository(tx),
    orders: orderRepository(tx),
    pictures: pictureRepository(tx),
    inbox: inboxRepository(tx),
    outbox: outboxRepository(tx),
    sessions: sessionRepository(tx),
    owners: ownerRepository(tx),
    consents: consentRepository(tx),
    erasures: erasureRepository(tx),
    guards: guardRepository(tx),
    jobs: jobs(tx),
  });
  return {
    ...repositories(db),
    operator: operatorRepository(db),
    checks: () => databaseChecks(db),
    atomically: (work) => {
      let last: Repositories | undefined;
      // The work may be repeated.
      return transaction(db, (tx) => work((last = repositories(tx)))).andTee(() => last?.jobs.committed?.());
    },
    ...(isSqlite(db) && { wipe: () => wipeSqlite(db) }),
  };
}
