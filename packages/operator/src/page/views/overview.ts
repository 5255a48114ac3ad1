import { needNames, type Alarm, type Inspection, type Need, type PaidWork, type RowCount } from "@likeness/core";
import { acts } from "../../acts.ts";
import { countCells } from "../../count-cells.ts";
import { needTables } from "../../need-tables.ts";
import { html, type Html } from "../html.ts";
import type { View, Visit } from "../visit.ts";
import { needTable } from "./need-table.ts";
import { dollars } from "./dollars.ts";
import { ago, facts, foreign, table } from "./parts.ts";

/** Rows of each list; the list itself has them all. */
const shown = 5;

/** What needs a person, and what is under way. */
export const overview: View = (visit) =>
  visit.commands
    .inspect({ limit: shown })
    .andThen((inspection) => visit.commands.paidWork().map((paidWork) => ({ inspection, paidWork })))
    .map(({ inspection, paidWork }) => ({
      title: inspection.needsPerson ? "Something needs you" : "Nothing needs you",
      body: html`${alarmed(visit, inspection.alarms)} ${needed(visit, inspection)} ${underWay(visit, inspection.counts)}
      ${paid(visit, paidWork)} ${finder(visit)}`,
    }));

const alarmed = (visit: Visit, alarms: readonly Alarm[]): Html =>
  html`${
    alarms.length > 0 &&
    html`<section class="needed" aria-labelledby="alarms">
      <h2 id="alarms">Alarms <span class="count">${alarms.length}</span></h2>
      ${alarms.map(({ since, text }) => html`<p>${foreign(text)} <span class="quiet">Begun ${ago(since, visit.now)}.</span></p>`)}
    </section>`
  }`;

const needed = (visit: Visit, { needs, needsPerson }: Inspection): Html =>
  needsPerson
    ? html`${needNames.map((need) => needs[need].items.length > 0 && neededCard(visit, need, needs))}`
    : html`<p class="well">Every list of what needs a person is empty.</p>`;

function neededCard(visit: Visit, need: Need, needs: Inspection["needs"]): Html {
  const { title, advice } = needTables[need];
  const { items, next } = needs[need];
  const number = next === undefined ? String(items.length) : `more than ${items.length}`;
  return html`<section class="needed" aria-labelledby="${need}">
    <h2 id="${need}">${title} <span class="count">${number}</span></h2>
    <p class="quiet">${advice}</p>
    ${needTable(visit, need, items)}
    ${next !== undefined && html`<p><a href="${visit.root}needs/${need}">All of them, page by page</a></p>`}
  </section>`;
}

function underWay(visit: Visit, counts: readonly RowCount[]): Html {
  const titles = ["what", "status", "count", "up to 15 min", "up to 1 h", "up to 1 d", "older", "oldest"];
  const rows = counts.map((row) => [
    row.kind === row.of ? row.of : `${row.of}: ${row.kind}`,
    ...countCells(row),
    ago(row.oldestAt, visit.now),
  ]);
  return html`<section aria-labelledby="under-way">
    <h2 id="under-way">Under way</h2>
    ${
      rows.length > 0
        ? html`<p class="quiet">What waits for something, by age. What has ended is in the statistics.</p>
            ${table("Under way", titles, rows)}`
        : html`<p>Nothing is under way.</p>`
    }
  </section>`;
}

function paid(visit: Visit, { state, setting, spentToday, cap, switchedAt }: PaidWork): Html {
  return html`<section aria-labelledby="paid-work">
    <h2 id="paid-work">New orders</h2>
    <p>${state === "on" ? "New orders are taken." : html`<strong>No new orders are taken.</strong>`}</p>
    ${facts([
      ["Spent today", cap === undefined ? undefined : `${dollars(spentToday)} of ${dollars(cap)}`],
      ["Switched", switchedAt === undefined ? undefined : ago(switchedAt, visit.now)],
    ])}
    ${setting === "off" && html`<p class="quiet">That is a setting of the deployment.</p>`}
  </section>`;
}

const finder = (visit: Visit): Html =>
  html`<section aria-labelledby="find">
    <h2 id="find">Look into an order</h2>
    <form class="line" action="${visit.root}orders" method="get" role="search">
      <label for="order-id">Id of the order</label>
      <input id="order-id" name="id" required maxlength="100" autocomplete="off" spellcheck="false" />
      <button>Look into it</button>
    </form>
    ${
      !visit.readOnly &&
      html`<p>Somebody asks to be forgotten: <a href="${visit.root}do/erase-owner">${acts["erase-owner"].label}</a></p>`
    }
  </section>`;
