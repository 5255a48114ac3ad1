import type { AuditEntry } from "@likeness/core";
import { html, type Html } from "../html.ts";
import type { View, Visit } from "../visit.ts";
import { foreign, moment, orderLink, pager, table } from "./parts.ts";

/** What operators have done, newest first. */
export const actionsPage: View = (visit) => {
  const after = visit.query.get("after") ?? undefined;
  return visit.commands.actions({ after }).map(({ items, next }) => ({
    title: "What operators did",
    body: html`${
      items.length > 0
        ? table(
            "What operators did",
            ["when", "who", "what", "to", "came to"],
            items.map((entry) => [
              html`<time datetime="${entry.at}">${moment(entry.at)}</time>`,
              foreign(entry.operator),
              entry.action,
              subjectOf(visit, entry),
              entry.outcome ?? html`<span class="quiet">under way, or interrupted</span>`,
            ]),
          )
        : html`<p class="well">${after === undefined ? "Nobody has done anything yet." : "There are no more."}</p>`
    }
    ${pager(`${visit.root}actions`, { ...(after !== undefined && { after }), ...(next !== undefined && { next }) })}`,
  }));
};

const subjectOf = (visit: Visit, { subject: { type, id } }: AuditEntry): Html =>
  type === "order" ? html`order ${orderLink(visit, id)}` : html`${type} <span class="id">${foreign(id)}</span>`;
