import { needNames, type Need } from "@likeness/core";
import { needTables } from "../../need-tables.ts";
import { html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { needTable } from "./need-table.ts";
import { pager } from "./parts.ts";

export const isNeed = (name: string): name is Need => needNames.some((need) => need === name);

/** One list of what needs a person, page by page. */
export function needPage(visit: Visit, need: Need) {
  const after = visit.query.get("after") ?? undefined;
  return visit.commands.list({ need, after }).map(({ items, next }) => {
    const { title, advice } = needTables[need];
    const empty = after === undefined ? "Nothing here needs you." : "There are no more.";
    return {
      title,
      body: html`<p class="quiet">${advice}</p>
        ${items.length > 0 ? needTable(visit, need, items) : html`<p class="well">${empty}</p>`}
        ${pager(`${visit.root}needs/${need}`, { ...(after !== undefined && { after }), ...(next !== undefined && { next }) })}`,
    };
  });
}
