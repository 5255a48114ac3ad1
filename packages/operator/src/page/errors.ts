import { problemText, type Problem } from "../problem-text.ts";
import type { FormRefused } from "./http/read-form.ts";
import { html } from "./html.ts";
import type { Shown } from "./visit.ts";

/** What the page itself refuses. */
type PageRefusal =
  | FormRefused["type"]
  | "no-subject"
  | "not-found"
  | "wrong-method"
  | "foreign-form"
  | "read-only"
  | "forbidden"
  | "not-secure"
  | "defect";

interface Words {
  readonly status: number;
  readonly title: string;
  readonly says: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusals: Readonly<Record<PageRefusal, Words>> = {
  "not-found": { status: 404, title: "Not here", says: "There is no such page." },
  "wrong-method": {
    status: 405,
    title: "Not like that",
    says: "This address does not take such a request.",
    headers: { allow: "GET, HEAD, POST" },
  },
  "foreign-form": {
    status: 403,
    title: "Not from here",
    says: "This was not sent from this page, so nothing was done. If it was, a proxy changes the name of the host: see docs/operator.md.",
  },
  "read-only": { status: 403, title: "Only to look at", says: "Nothing can be done from here: this page only shows." },
  forbidden: { status: 403, title: "For operators", says: "This page is for operators, and you are not known as one." },
  "not-secure": {
    status: 403,
    title: "Not without https",
    says: "Signing in over a network needs https. On the machine itself, http works at a loopback address.",
  },
  "body-too-large": { status: 413, title: "Too much", says: "That is more than this page sends. Nothing was done." },
  "body-unreadable": { status: 400, title: "Not understood", says: "The form did not come whole. Nothing was done." },
  "body-too-slow": { status: 408, title: "Too slow", says: "The form did not come in time. Nothing was done." },
  "no-subject": {
    status: 400,
    title: "Not understood",
    says: "The form does not say what it is about. Nothing was done.",
  },
  "not-a-form": { status: 415, title: "Not a form", says: "That is not what this page sends. Nothing was done." },
  defect: { status: 500, title: "A mistake in the program", says: "Something went wrong. The log says what." },
};

const statusOf: Readonly<Record<Problem["type"], number>> = {
  "operator-unavailable": 501,
  "invalid-cursor": 400,
  "invalid-period": 400,
  "invalid-receipt-id": 400,
  "order-not-found": 404,
  "order-erased": 410,
  "training-not-found": 404,
  "message-not-found": 404,
  "message-overtaken": 409,
  "job-not-found": 404,
  "payment-not-found": 404,
  "nothing-sold": 404,
  "nothing-to-dismiss": 404,
  "no-late-result": 409,
  "no-outcome": 409,
  "training-active": 409,
  superseded: 409,
  "illegal-transition": 409,
  "provider-unavailable": 503,
  "provider-refused": 502,
  "photo-not-found": 404,
  "picture-not-found": 404,
  "blob-not-found": 404,
  "blob-failure": 503,
  "credits-failure": 503,
  "storage-failure": 503,
};

const titles: Readonly<Record<number, string>> = {
  400: "Not understood",
  404: "Not there",
  409: "Not as it is",
  410: "Erased",
  501: "Not in this deployment",
  502: "Refused",
  503: "Not now",
};

const shownAs = ({ says, ...words }: Words): Shown => ({ ...words, body: html`<p>${says}</p>` });

/** The page for what the page itself refuses. */
export const refusalPage = (type: PageRefusal): Shown => shownAs(refusals[type]);

/** The page for an error of a command. */
export function errorPage(problem: Problem): Shown {
  const status = statusOf[problem.type];
  return shownAs({ status, title: titles[status] ?? "Not now", says: problemText(problem) });
}

/** Whether the same may succeed in a moment: it is not known what was done, so the answer to a form says it itself. */
export const isTemporary = (type: string): type is Problem["type"] =>
  Object.hasOwn(statusOf, type) && statusOf[type as Problem["type"]] === 503;
