import { acts, type ActName, type ActSubject } from "../../acts.ts";
import { html, type Html } from "../html.ts";
import type { Shown, Visit } from "../visit.ts";
import { afterwards } from "./afterwards.ts";
import { foreign } from "./parts.ts";

export const isActName = (name: string): name is ActName => Object.hasOwn(acts, name);

const longestId = 1_000;

/** What an act is about, as an address or a form names it; `undefined`: nothing that this act is done to. */
export function subjectIn(name: ActName, given: URLSearchParams): ActSubject | undefined {
  const type = acts[name].subjects.find((subject) => subject === given.get("type"));
  const id = given.get("id")?.trim() ?? "";
  return type === undefined || id === "" || id.length > longestId ? undefined : { type, id };
}

/** Says what will happen, and asks whether it shall. */
export function confirmPage({ root }: Pick<Visit, "root">, name: ActName, subject: ActSubject): Shown {
  const about = html`<input type="hidden" name="id" value="${subject.id}" />
    <p>${subject.type}: <strong class="id">${foreign(subject.id)}</strong></p>`;
  return asked({ root, name, type: subject.type, about, back: `${root}${afterwards(subject)}` });
}

/** An owner is typed, so that nobody is erased by a link, and no person is named in an address. */
export function confirmErasure({ root }: Pick<Visit, "root">): Shown {
  const about = html`<p class="field">
    <label for="owner">Owner, e.g. telegram:42, as an order shows it</label>
    <input id="owner" name="id" required maxlength="${longestId}" autocomplete="off" spellcheck="false" />
  </p>`;
  return asked({ root, name: "erase-owner", type: "owner", about, back: root });
}

interface Asked {
  readonly root: string;
  readonly name: ActName;
  readonly type: ActSubject["type"];
  readonly about: Html;
  readonly back: string;
}

function asked({ root, name, type, about, back }: Asked): Shown {
  const { label, warning } = acts[name];
  return {
    title: `${label}?`,
    body: html`${warning !== undefined && html`<p>${warning}</p>`}
      <form method="post" action="${root}do/${name}">
        <input type="hidden" name="type" value="${type}" />
        ${about}
        <p class="offers">
          <button class="${warning === undefined ? "primary" : "final"}">${label}</button>
          <a class="button" href="${back}">Back, and do nothing</a>
        </p>
      </form>`,
  };
}
