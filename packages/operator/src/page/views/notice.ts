import type { Said } from "../http/said.ts";
import { html, type Html } from "../html.ts";
import { foreign } from "./parts.ts";

/** What came of the act before. */
export const notice = ({ good, label, says }: Said): Html =>
  html`<div class="notice ${good ? "good" : "bad"}" role="status">
    <p><strong>${label}:</strong> ${foreign(says)}</p>
  </div>`;
