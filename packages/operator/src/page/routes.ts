import { acts } from "../acts.ts";
import { errorPage, isTemporary, refusalPage } from "./errors.ts";
import { html } from "./html.ts";
import { fileAnswer, seeOther } from "./http/answers.ts";
import { actionsPage } from "./views/actions-page.ts";
import { afterwards } from "./views/afterwards.ts";
import { confirmErasure, confirmPage, isActName, subjectIn } from "./views/confirm-page.ts";
import { isNeed, needPage } from "./views/need-page.ts";
import { orderPage } from "./views/order-page.ts";
import { overview } from "./views/overview.ts";
import { orderAddress } from "./views/parts.ts";
import { statisticsPage } from "./views/statistics-page.ts";
import type { Shown, View, Visit } from "./visit.ts";

type Answer = Shown | Response;

interface Route {
  readonly get?: (visit: Visit) => Promise<Answer> | Answer;
  readonly post?: (visit: Visit, form: URLSearchParams, request: Request) => Promise<Answer>;
}

const view =
  (show: View): NonNullable<Route["get"]> =>
  (visit) =>
    show(visit).match((shown) => shown, errorPage);

/** Addresses below the first one, by their first part, and whether a second one follows. */
export const routes: Readonly<Record<string, Route>> = {
  "": { get: view(overview) },
  statistics: { get: view(statisticsPage) },
  actions: { get: view(actionsPage) },
  orders: { get: findOrder },
  "orders/*": { get: view(orderPage) },
  "needs/*": {
    get: list,
  },
  "do/*": { get: ask, post: act },
  "files/*": { post: openFile },
};

const notHere = (): Shown => refusalPage("not-found");

function list(visit: Visit): Promise<Answer> | Answer {
  const { name } = visit;
  return isNeed(name) ? view((seen) => needPage(seen, name))(visit) : notHere();
}

function findOrder({ root, query }: Visit): Answer {
  const id = query.get("id")?.trim() ?? "";
  return id === "" || id.length > 100
    ? errorPage({ type: "order-not-found", orderId: id })
    : seeOther(orderAddress({ root }, id));
}

function ask(visit: Visit): Answer {
  const { name, query } = visit;
  if (visit.readOnly) return refusalPage("read-only");
  if (!isActName(name)) return notHere();
  if (name === "erase-owner") return confirmErasure(visit);
  const subject = subjectIn(name, query);
  return subject ? confirmPage(visit, name, subject) : notHere();
}

async function act(visit: Visit, form: URLSearchParams, request: Request): Promise<Answer> {
  const { name, commands, who, root } = visit;
  if (!isActName(name)) return notHere();
  const subject = subjectIn(name, form);
  if (!subject) return refusalPage("no-subject");
  const done = await acts[name].perform(commands, who, subject);
  const next = `${root}${afterwards(subject)}`;
  const { type, says } = done.isOk() ? done.value : done.error;
  if (done.isErr() && isTemporary(type))
    return {
      status: 503,
      title: "Not now",
      body: html`<p>${says}</p>
        <p><a href="${next}">Look how it stands</a></p>`,
    };
  return seeOther(next, {
    "set-cookie": await visit.cookieSaying(request, { good: done.isOk(), label: acts[name].label, says }),
  });
}

async function openFile({ name, commands, who: operator }: Visit, form: URLSearchParams): Promise<Answer> {
  const id = form.get("id") ?? "";
  const openers = {
    photo: () => commands.openPhoto({ operator, photoId: id }),
    picture: () => commands.openPicture({ operator, pictureId: id }),
  } as const;
  if (name !== "photo" && name !== "picture") return notHere();
  const opened = await openers[name]();
  return opened.isOk() ? fileAnswer(opened.value.stream, opened.value.contentType) : errorPage(opened.error);
}
