import { formerOwners } from "./0018-former-owners/former-owners.ts";
import type { Migration } from "./migration.ts";

/**
 * Owners of hosts that never say that they were seen had no row before 0021, also when their avatar was made after step
 * 0018. They get one in the same way; from here on it is made with their first avatar.
 */
export const unseenOwners: Migration = { up: (db) => formerOwners.up(db) };
