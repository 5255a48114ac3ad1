import type { Need, Needs } from "@likeness/core";
import { needTables, type NeedTable } from "../../need-tables.ts";
import type { Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { offers } from "./offers.ts";
import { cell, table } from "./parts.ts";

/** Rows of a list of what needs a person, with what can be done to each. */
export function needTable(visit: Visit, need: Need, rows: readonly Needs[Need][]): Html {
  const { title, columns, acts, subjectOf }: NeedTable<Needs[Need]> = needTables[need];
  const offersActs = !visit.readOnly && acts.length > 0;
  return table(
    title,
    [...columns.map((column) => column.name), ...(offersActs ? ["what to do"] : [])],
    rows.map((row) => [
      ...columns.map((column) => cell(visit, column.cellOf(row))),
      ...(offersActs ? [offers(visit, acts, subjectOf(row))] : []),
    ]),
  );
}
