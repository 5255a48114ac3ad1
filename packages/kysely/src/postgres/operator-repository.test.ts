import { describeOperator } from "@likeness/testing";
import { onPostgres } from "../__fixtures__/likeness-on-postgres.ts";

describeOperator("PostgreSQL", onPostgres, { ledger: onPostgres });
