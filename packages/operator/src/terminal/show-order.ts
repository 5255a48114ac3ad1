import type { AuditEntry, OrderStory } from "@likeness/core";
import { duration } from "../age.ts";
import { actLines } from "./act-lines.ts";
import { facts, lines, table, title, type Block } from "./block.ts";
import { moment, momentIn } from "./cell-text.ts";

/** The whole story of an order. */
export function showOrder(
  { order, acts, avatar, set, files, credits, ...story }: OrderStory,
  program: string,
): Block[] {
  const { hold } = credits;
  return [
    title(`Order ${order.id}`),
    facts(
      ["kind", order.preset === undefined ? order.kind : `${order.kind}, ${order.preset}`],
      ["status", order.reason === undefined ? order.status : `${order.status} (${order.reason})`],
      ["detail", order.detail],
      ["late result", order.late && "yes"],
      ["copied", order.copied === undefined ? undefined : order.copied ? "yes" : "no"],
      ["owner", order.ownerId],
      ["avatar", avatar ? `${avatar.id}, ${avatar.kind}, ${avatar.status}` : `${order.avatarId}, being erased`],
      ["provider", `${order.provider}, ${order.endpoint}`],
      ["request", order.requestId],
      ["placed", moment(order.placedAt)],
      ["posted", momentIn(order.postedAt)],
      ["accepted", momentIn(order.submittedAt)],
      ["ended", momentIn(order.finishedAt)],
      ["progress", order.percent === undefined ? undefined : `${order.percent} %`],
      ["ran", order.ranSeconds === undefined ? undefined : duration(order.ranSeconds)],
      ["next look", momentIn(order.nextCheckAt)],
      ["deadline", momentIn(order.deadlineAt)],
      ["reserved", hold && `${hold.amount} credits, ${hold.state}`],
      ["set", set.length === 0 ? undefined : set.join(" ")],
      ["photos", files.photos.length === 0 ? undefined : files.photos.join(" ")],
      ["pictures", files.pictures.length === 0 ? undefined : files.pictures.join(" ")],
    ),
    ...(acts.length === 0
      ? []
      : [title("What can be done"), lines(...actLines(program, acts, { type: "order", id: order.id }))]),
    ...section(
      "What happened",
      ["at", "of", "what", "detail", "id"],
      story.events.map(({ at, of, what, detail = "", id }) => [moment(at), of, what, detail, id]),
    ),
    ...section(
      "Deliveries",
      ["delivery", "source", "received", "outcome"],
      story.deliveries.map(({ id, source, receivedAt, outcome = "" }) => [id, source, moment(receivedAt), outcome]),
    ),
    ...section(
      "Messages",
      ["message", "template", "status", "attempts", "why"],
      story.messages.map(({ id, template, status, attempts, detail = "" }) => [
        id,
        template,
        status,
        String(attempts),
        detail,
      ]),
    ),
    ...section(
      "Jobs",
      ["job", "kind", "key", "status", "attempts", "at", "why"],
      story.jobs.map(({ id, kind, key, status, attempts, at, error = "" }) => [
        id,
        kind,
        key,
        status,
        String(attempts),
        moment(at),
        error,
      ]),
    ),
    ...showEntries(story.actions, "What operators did"),
    ...(story.more ? [lines("A list was longer than 100 and is cut.")] : []),
  ];
}

/** What operators did. */
export const showEntries = (entries: readonly AuditEntry[], heading: string): Block[] =>
  section(
    heading,
    ["at", "operator", "action", "about", "id", "outcome"],
    entries.map(({ at, operator, action, subject, outcome = "none: interrupted or under way" }) => [
      moment(at),
      operator,
      action,
      subject.type,
      subject.id,
      outcome,
    ]),
  );

const section = (heading: string, columns: readonly string[], rows: readonly (readonly string[])[]): Block[] =>
  rows.length === 0 ? [] : [title(heading), table(columns, rows)];
