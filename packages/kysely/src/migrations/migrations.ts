import { tables } from "./0001-tables/tables.ts";
import { faceDeliveries } from "./0002-face-deliveries.ts";
import { lateResults } from "./0003-late-results.ts";
import { prefixTables } from "./0004-table-prefix/prefix-tables.ts";
import { settledDeliveries } from "./0006-settled-deliveries.ts";
import { noGenerations } from "./0007-no-generations.ts";
import { uncopiedModels } from "./0008-uncopied-models.ts";
import { keptArchives } from "./0009-kept-archives.ts";
import { orders } from "./0010-orders/orders.ts";
import { pictures } from "./0011-pictures/pictures.ts";
import { owners } from "./0012-owners/owners.ts";
import { credits } from "./0013-credits/credits.ts";
import { purchases } from "./0014-purchases/purchases.ts";
import { erasure } from "./0016-erasure/erasure.ts";
import { guards } from "./0015-guards/guards.ts";
import { photoRetention } from "./0017-photo-retention.ts";
import { formerOwners } from "./0018-former-owners/former-owners.ts";
import { exports } from "./0019-exports.ts";
import { operator } from "./0020-operator/operator.ts";
import { unseenOwners } from "./0021-unseen-owners.ts";
import { alarms } from "./0023-alarms.ts";
import { owedToOwner } from "./0025-owed-to-owner.ts";
import type { Migration } from "./migration.ts";

/**
 * For steps published before the tables had a prefix: a database that took only some of them gets it before the others.
 */
const prefixed = ({ up }: Migration): Migration => ({
  up: async (db) => {
    await prefixTables(db);
    await up(db);
  },
});

/**
 * The steps that lead to the current tables, in the order of their names, for every database. A published step never
 * changes: a new one is added. No version had a step 0005. For SQLite use `sqliteMigrations`.
 */
export const migrations: Readonly<Record<string, Migration>> = Object.freeze({
  "0001-tables": tables,
  "0002-face-deliveries": prefixed(faceDeliveries),
  "0003-late-results": prefixed(lateResults),
  "0004-table-prefix": { up: prefixTables },
  "0006-settled-deliveries": settledDeliveries,
  "0007-no-generations": noGenerations,
  "0008-uncopied-models": uncopiedModels,
  "0009-kept-archives": keptArchives,
  "0010-orders": orders,
  "0011-pictures": pictures,
  "0012-owners": owners,
  "0013-credits": credits,
  "0014-purchases": purchases,
  "0015-guards": guards,
  "0016-erasure": erasure,
  "0017-photo-retention": photoRetention,
  "0018-former-owners": formerOwners,
  "0019-exports": exports,
  "0020-operator": operator,
  "0021-unseen-owners": unseenOwners,
  "0023-alarms": alarms,
  "0025-owed-to-owner": owedToOwner,
});
