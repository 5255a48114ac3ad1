import { needNames } from "@likeness/core";
import { needTables } from "../need-tables.ts";
import { html, markupIn, type Html } from "./html.ts";
import type { Said } from "./http/said.ts";
import type { Shown } from "./visit.ts";
import { foreign } from "./views/parts.ts";

export interface Frame {
  readonly root: string;
  /** Below the first address: which link of the navigation is the current one. */
  readonly path: string;
  /** Absent: nobody is let in, so there is no navigation. */
  readonly who?: string | undefined;
  readonly readOnly: boolean;
  /** Whether there is something to sign out of. */
  readonly signsOut: boolean;
  /** What came of the act before. */
  readonly notice?: Said | undefined;
}

const pages = [
  ["", "Overview"],
  ["statistics", "Statistics"],
  ["actions", "Actions"],
] as const;

/** The whole document around what is shown. */
export function documentOf(frame: Frame, { title, body }: Shown): string {
  const { root, notice, who } = frame;
  return `<!doctype html>\n${markupIn(
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Likeness operator</title>
        <link rel="icon" href="${root}icon.svg" />
        <link rel="stylesheet" href="${root}page.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <p class="brand"><a href="${root}">Likeness operator</a></p>
          ${who !== undefined && navigation(frame)} ${who !== undefined && person(frame, who)}
        </header>
        <main id="main" tabindex="-1">
          ${notice && noticeOf(notice)}
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`,
  )}\n`;
}

const noticeOf = ({ good, label, says }: Said): Html =>
  html`<div class="notice ${good ? "good" : "bad"}" role="status">
    <p><strong>${label}:</strong> ${foreign(says)}</p>
  </div>`;

function navigation({ root, path }: Frame): Html {
  const link = (to: string, label: string): Html =>
    to === path
      ? html`<a href="${root}${to}" aria-current="page">${label}</a>`
      : html`<a href="${root}${to}">${label}</a>`;
  return html`<nav aria-label="Pages">
    <ul>
      ${pages.map(([to, label]) => html`<li>${link(to, label)}</li>`)}
      <li>
        <details>
          <summary>Lists</summary>
          <ul>
            ${needNames.map((need) => html`<li>${link(`needs/${need}`, needTables[need].title)}</li>`)}
          </ul>
        </details>
      </li>
    </ul>
  </nav>`;
}

const person = ({ root, readOnly, signsOut }: Frame, who: string): Html =>
  html`<div class="person">
    <span>${who}${readOnly && html` <span class="badge">only looking</span>`}</span>
    ${signsOut && html`<form method="post" action="${root}sign-out"><button>Sign out</button></form>`}
  </div>`;
