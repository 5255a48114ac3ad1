import { addSeconds, type KindFigures, type Statistics } from "@likeness/core";
import { duration } from "../../age.ts";
import { sum } from "../../sum.ts";
import { html, type Html } from "../html.ts";
import type { View, Visit } from "../visit.ts";
import { dollars } from "./dollars.ts";
import { facts, none, table } from "./parts.ts";

/** Success, durations, money and refused photos of some days. */
export const statisticsPage: View = (visit) => {
  const [from, to] = ["from", "to"].map((name) => visit.query.get(name) || undefined);
  return visit.commands.statistics({ from, to }).map((statistics) => ({
    title: `Statistics of ${statistics.from} to ${statistics.to}`,
    body: html`${chooser(visit, statistics)}
    ${
      statistics.orders.length > 0
        ? statistics.orders.map(figures)
        : html`<p class="well">No order has ended in these days.</p>`
    }
    ${money(statistics)} ${photos(statistics)}`,
  }));
};

function chooser({ root, now }: Visit, { from, to }: Statistics): Html {
  const last = (days: number): string => {
    const first = addSeconds(now, (1 - days) * 86_400).slice(0, 10);
    return `${root}statistics?from=${first}&to=${now.slice(0, 10)}`;
  };
  return html`<form class="line" action="${root}statistics" method="get">
      <span class="pair"
        ><label for="from">From</label> <input id="from" name="from" type="date" value="${from}" required
      /></span>
      <span class="pair"
        ><label for="to">To</label> <input id="to" name="to" type="date" value="${to}" required
      /></span>
      <button>Show these days</button>
    </form>
    <p class="offers">
      ${[1, 7, 30, 90].map(
        (days) => html`<a class="button" href="${last(days)}">${days === 1 ? "Today" : `${days} days`}</a>`,
      )}
      <span class="quiet">Days are in UTC.</span>
    </p>`;
}

function figures({ kind, succeeded, failed, cancelled, successRate, reasons, durations }: KindFigures): Html {
  return html`<section aria-labelledby="kind-${kind}">
    <h2 id="kind-${kind}">Orders: ${kind}</h2>
    ${facts([
      ["Succeeded", succeeded],
      ["Failed", failed],
      ["Cancelled", cancelled],
      ["Success", successRate === undefined ? undefined : `${Math.round(successRate * 1_000) / 10} %`],
    ])}
    ${
      reasons.length > 0 &&
      table(
        `Why ${kind} failed`,
        ["why it failed", "count"],
        reasons.map(({ reason, count }) => [reason, count]),
      )
    }
    ${
      durations.length > 0 &&
      table(
        `How long ${kind} took`,
        ["endpoint", "preset", "count", "half took up to", "nine of ten took up to", "half ran up to"],
        durations.map(({ endpoint, preset, count, medianSeconds, ninthTenthSeconds, ranMedianSeconds }) => [
          endpoint,
          preset ?? none,
          count,
          duration(medianSeconds),
          duration(ninthTenthSeconds),
          ranMedianSeconds === undefined ? html`<span class="quiet">unknown</span>` : duration(ranMedianSeconds),
        ]),
      )
    }
  </section>`;
}

const money = ({ money: rows }: Statistics): Html =>
  html`<section aria-labelledby="money">
    <h2 id="money">Money</h2>
    ${
      rows.length > 0
        ? table(
            "Money by day",
            ["day", "what", "sum", "count"],
            rows.map(({ day, what, unit, amount, count }) => [
              day,
              what,
              what === "spent" ? dollars(amount) : sum(amount, unit),
              count > 0 ? count : html`<span class="quiet">not counted</span>`,
            ]),
          )
        : html`<p>Nothing was spent, paid or booked. What is spent is counted only while there is a cap.</p>`
    }
  </section>`;

const photos = ({ photos: { codes, more } }: Statistics): Html =>
  html`<section aria-labelledby="photos">
    <h2 id="photos">Photos that were refused</h2>
    ${
      codes.length > 0
        ? table(
            "Photos that were refused",
            ["why", "count"],
            codes.map(({ code, count }) => [code, count]),
          )
        : html`<p>No photo was refused.</p>`
    }
    ${more && html`<p class="quiet">Only the newest photos are counted.</p>`}
  </section>`;
