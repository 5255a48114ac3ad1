import { describeLikeness } from "@likeness/testing";
import { onSqlite } from "./__fixtures__/likeness-on-sqlite.ts";

describeLikeness("SQLite", onSqlite);
