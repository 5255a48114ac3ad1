import { acts, type ActName, type ActSubject } from "../../acts.ts";
import { html, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";

/** The address at which an act is confirmed. A person's id is in no address: it is typed there. */
function actAddress({ root }: Pick<Visit, "root">, name: ActName, { type, id }: ActSubject): string {
  const about = type === "owner" ? "" : `?${String(new URLSearchParams({ type, id }))}`;
  return `${root}do/${name}${about}`;
}

/** Links to what can be done; none where the page only shows. */
export const offers = (visit: Visit, names: readonly ActName[], subject: ActSubject): Html =>
  html`${
    !visit.readOnly &&
    names.length > 0 &&
    html`<span class="offers">
      ${names.map((name) => html`<a class="button" href="${actAddress(visit, name, subject)}">${acts[name].label}</a> `)}
    </span>`
  }`;
