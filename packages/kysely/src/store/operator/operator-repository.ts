import type { OperatorRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../../database.ts";
import { alarmRepository } from "./alarm-repository.ts";
import { auditRepository } from "./audit-repository.ts";
import { figures } from "./figures.ts";
import { watchedRows } from "./watched-rows.ts";

export const operatorRepository = (db: Kysely<Database>): OperatorRepository => ({
  rows: watchedRows(db),
  figures: figures(db),
  audit: auditRepository(db),
  alarms: alarmRepository(db),
});
