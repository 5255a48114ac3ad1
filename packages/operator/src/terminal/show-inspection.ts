import { needNames, type Inspection, type Need, type Needs, type OperatorPage } from "@likeness/core";
import { age } from "../age.ts";
import { countCells } from "../count-cells.ts";
import { needTables, type NeedTable } from "../need-tables.ts";
import { actLines } from "./act-lines.ts";
import { lines, table, title, type Block } from "./block.ts";
import { cellText, moment } from "./cell-text.ts";
import { quoted } from "./visible.ts";

/** What waits, and what needs a person. */
export function showInspection({ at, needsPerson, alarms, counts, needs }: Inspection, program: string): Block[] {
  const waiting = counts.map((row) => [row.of, row.kind, ...countCells(row), age(row.oldestAt, at)]);
  return [
    lines(`${needsPerson ? "Somebody is needed" : "All is well"}, at ${moment(at)}.`),
    ...(alarms.length === 0
      ? []
      : [title("Alarms"), lines(...alarms.map(({ since, text }) => `${text} Since ${moment(since)}.`))]),
    ...(waiting.length === 0 ? [] : [title("What waits"), table(countColumns, waiting)]),
    ...needNames.flatMap((need) => (needs[need].items.length === 0 ? [] : showNeed(need, needs[need], program))),
  ];
}

const countColumns = ["of", "kind", "status", "count", "≤ 15 min", "≤ 1 h", "≤ 1 d", "older", "oldest"];

/** One list, how it goes on, and what can be done about its rows. */
export function showNeed<Name extends Need>(name: Name, page: OperatorPage<Needs[Name]>, program: string): Block[] {
  const list: NeedTable<Needs[Name]> = needTables[name];
  const rows = page.items.map((row) => list.columns.map(({ cellOf }) => cellText(cellOf(row))));
  if (rows.length === 0 && page.next === undefined) return [lines(`${list.title}: none.`)];
  return [
    title(list.title),
    table(
      list.columns.map(({ name: column }) => column),
      rows,
    ),
    lines(
      ...(page.next === undefined ? [] : [`There are more: ${program} list ${name} --after ${quoted(page.next)}`]),
      list.advice,
      ...page.items.slice(0, 1).flatMap((row) => actLines(program, list.acts, list.subjectOf(row))),
    ),
  ];
}
