import type { OrderStory } from "@likeness/core";
import { duration } from "../../age.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import type { View, Visit } from "../visit.ts";
import { offers } from "./offers.ts";
import { ago, facts, foreign, moment, none, orderLink, table } from "./parts.ts";

/** Everything about one order. */
export const orderPage: View = (visit) =>
  visit.commands.order({ orderId: visit.name }).map((story) => ({
    title: `Order: ${story.order.kind}, ${story.order.status}`,
    body: html`<p class="id">${story.order.id}</p>
      ${offers(visit, story.acts, { type: "order", id: story.order.id })} ${aboutOrder(visit, story)}
      ${happened(visit, story)} ${rows(visit, story)} ${files(visit, story)}`,
  }));

function aboutOrder(visit: Visit, { order, avatar, set, credits: { hold } }: OrderStory): Html {
  const when = (at: string | undefined): HtmlValue =>
    at === undefined ? undefined : html`${moment(at)}, ${ago(at, visit.now)}`;
  const others = set.filter((id) => id !== order.id);
  return html`<section aria-labelledby="about">
    <h2 id="about">As it is</h2>
    ${facts([
      ["Kind", order.preset === undefined ? order.kind : `${order.kind}, ${order.preset}`],
      ["Status", order.status],
      ["Why", order.reason],
      ["What the provider said", order.detail && foreign(order.detail)],
      ["Progress", order.percent === undefined ? undefined : `${order.percent} %`],
      ["Placed", when(order.placedAt)],
      ["Posted", when(order.postedAt)],
      ["Accepted", when(order.submittedAt)],
      ["Ended", when(order.finishedAt)],
      ["Ran for", order.ranSeconds === undefined ? undefined : duration(order.ranSeconds)],
      ["Late result", order.late && "There is one, which came after it had ended."],
      ["Copied", order.copied === undefined ? undefined : order.copied ? "yes" : "no"],
      ["Next look", order.nextCheckAt && moment(order.nextCheckAt)],
      ["Deadline", order.deadlineAt && moment(order.deadlineAt)],
      ["Provider", `${order.provider}, ${order.endpoint}`],
      ["Request", order.requestId && foreign(order.requestId)],
      ["Credits", hold && `${hold.amount}, ${hold.state}`],
      ["Avatar", avatar ? `${avatar.id} (${avatar.kind}, ${avatar.status})` : `${order.avatarId}, being erased`],
      ["Owner", foreign(order.ownerId)],
      ["Placed with", others.length > 0 ? others.map((id) => html`${orderLink(visit, id)} `) : undefined],
    ])}
  </section>`;
}

function happened(visit: Visit, { events, more }: OrderStory): Html {
  const titles = ["when", "of", "what", "with", "id"];
  const told = events.map(({ at, of, what, id, detail }) => [
    html`<time datetime="${at}">${moment(at)}</time>`,
    of,
    what,
    detail === undefined ? none : foreign(detail),
    html`<span class="id">${id}</span>`,
  ]);
  return html`<section aria-labelledby="story">
    <h2 id="story">What happened</h2>
    ${table("What happened", titles, told)}
    ${more && html`<p class="quiet">There is more: a list was longer than 100 and is cut.</p>`}
  </section>`;
}

/** What waits or has failed beside the order itself. */
function rows(visit: Visit, { messages, jobs }: OrderStory): Html {
  const dead = messages.filter(({ status }) => status === "dead" || status === "undeliverable");
  return html`${
    dead.length > 0 &&
    html`<section aria-labelledby="messages">
      <h2 id="messages">Messages that were not sent</h2>
      ${table(
        "Messages that were not sent",
        ["message", "template", "status", "why", "what to do"],
        dead.map(({ id, template, status, detail }) => [
          html`<span class="id">${id}</span>`,
          template,
          status,
          detail === undefined ? none : foreign(detail),
          offers(visit, ["send-again"], { type: "message", id }),
        ]),
      )}
    </section>`
  }
  ${
    jobs.length > 0 &&
    html`<section aria-labelledby="jobs">
      <h2 id="jobs">Jobs about it</h2>
      ${table(
        "Jobs about it",
        ["kind", "status", "attempts", "next or last", "why", "what to do"],
        jobs.map(({ id, kind, status, attempts, at, error }) => [
          kind,
          status,
          attempts,
          moment(at),
          error === undefined ? none : foreign(error),
          offers(visit, status === "dead" ? ["revive", "dismiss"] : [], { type: "job", id }),
        ]),
      )}
    </section>`
  }`;
}

function files(visit: Visit, { files: { photos, pictures } }: OrderStory): Html {
  const button = (kind: "photo" | "picture", id: string, label: string): Html =>
    html`<form method="post" action="${visit.root}files/${kind}">
      <input type="hidden" name="id" value="${id}" />
      <button>${label}</button>
    </form> `;
  const all = [
    ...photos.map((id, index) => button("photo", id, `Photo ${index + 1}`)),
    ...pictures.map((id) => button("picture", id, "The picture")),
  ];
  return html`${
    !visit.readOnly &&
    all.length > 0 &&
    html`<section aria-labelledby="files">
      <h2 id="files">Files</h2>
      <p class="quiet">They are somebody’s. Each look is noted with your name.</p>
      <div class="offers">${all}</div>
    </section>`
  }`;
}
