import { describeOperator } from "@likeness/testing";
import { onSqlite } from "../../__fixtures__/likeness-on-sqlite.ts";

describeOperator("SQLite", onSqlite, { ledger: onSqlite });
