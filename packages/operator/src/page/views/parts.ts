import type { Timestamp } from "@likeness/core";
import { age } from "../../age.ts";
import type { Cell } from "../../cell.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import type { Visit } from "../visit.ts";

/** Said where there is nothing to say. */
export const none = html`<span class="quiet">none</span>`;

/** A table with its caption as name. On a phone each row is a card, so each cell names its column. */
export function table(caption: string, titles: readonly string[], rows: readonly (readonly HtmlValue[])[]): Html {
  const heads = titles.map((title) => `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`);
  // The roles are those of the elements; as cards they would lose them.
  return html`<table role="table" aria-label="${caption}">
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${row.map(
              (value, index) =>
                html`<td
                  role="cell"
                  data-title="${heads[index]}"
                  class="${value === none || value === 0 ? "void" : "told"}"
                >
                  ${value}
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A moment as people read it: `2026-11-30 14:05:09 UTC`. */
export const moment = (at: Timestamp): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

/** A text of somebody else, which can neither change the direction of what stands around it nor make the page wider. */
export const foreign = (text: string): Html =>
  html`<bdi class="${/\S{25}/.test(text) ? "long" : "short"}">${text.replaceAll(/\p{Cc}/gu, " ")}</bdi>`;

/** How long ago something was; the moment itself is its title. */
export const ago = (at: Timestamp, now: Timestamp): Html =>
  html`<time datetime="${at}" title="${moment(at)}">${age(at, now)} ago</time>`;

/** The address of an order's story. */
export const orderAddress = ({ root }: Pick<Visit, "root">, orderId: string): string =>
  `${root}orders/${encodeURIComponent(orderId)}`;

export const orderLink = (visit: Pick<Visit, "root">, orderId: string): Html =>
  html`<a class="id" href="${orderAddress(visit, orderId)}">${orderId}</a>`;

/** An id of ours: it is shown like those of orders, which do not break in the middle. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

export function cell(visit: Visit, given: Cell | undefined): HtmlValue {
  switch (given?.type) {
    case undefined:
      return none;
    case "time":
      return ago(given.at, visit.now);
    case "order":
      return orderLink(visit, given.id);
    case "number":
      return given.number;
    case "text":
      return uuid.test(given.text) ? html`<span class="id">${given.text}</span>` : foreign(given.text);
  }
}

/** Names and what they are; what is absent is left out. */
export const facts = (entries: readonly (readonly [string, HtmlValue])[]): Html =>
  html`<dl>
    ${entries.map(
      ([name, value]) =>
        value !== undefined &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;

/** Links to the pages of a list. */
export const pager = (address: string, { after, next }: { readonly after?: string; readonly next?: string }): Html =>
  html`${
    (after !== undefined || next !== undefined) &&
    html`<nav class="pager" aria-label="Pages of this list">
      ${after !== undefined && html`<a href="${address}">First page</a>`}
      ${next !== undefined && html`<a rel="next" href="${address}?after=${encodeURIComponent(next)}">Older ones</a>`}
    </nav>`
  }`;
