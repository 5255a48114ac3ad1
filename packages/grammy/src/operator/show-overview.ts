import { needNames, type InspectError, type Inspection, type RowCount } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { OperatorPorts, Visiting } from "./operator-ports.ts";
import { alarmText } from "../alarms/alarm-text.ts";
import { atLeast } from "../alarms/at-least.ts";
import { ago, press, viewOf, type View } from "./view.ts";

const mostCounts = 20;

/** What waits, and a button for each list that needs a person. */
export const showOverview = ({ commands }: OperatorPorts, visiting: Visiting): ResultAsync<View, InspectError> =>
  commands.inspect({ limit: 100 }).map((found) => overview(found, visiting));

function overview({ at, needsPerson, alarms, needs, counts }: Inspection, visiting: Visiting): View {
  const { texts } = visiting;
  const oldestFirst = counts
    .filter(isWorthTelling)
    .toSorted((left, right) => (left.oldestAt < right.oldestAt ? -1 : 1));
  const waiting = oldestFirst
    .slice(0, mostCounts)
    .map(
      (row) =>
        `${row.of === row.kind ? row.of : `${row.of} ${row.kind}`}, ${row.status}: ${atLeast(row)}, ${ago(visiting, row.oldestAt, at)}`,
    );
  const buttons = needNames.flatMap((need) => {
    const { items, next } = needs[need];
    if (items.length === 0) return [];
    return [
      [press(`${texts.lists[need]}: ${items.length}${next === undefined ? "" : "+"}`, { verb: "list", need, page: 0 })],
    ];
  });
  return viewOf(
    [
      needsPerson ? texts.needed : texts.well,
      ...alarms.flatMap((alarm) => [
        "",
        `${alarmText(alarm, visiting.locale)} ${texts.since(ago(visiting, alarm.since, at))}`,
      ]),
      ...(waiting.length > 0 ? ["", texts.waits, ...waiting] : []),
    ],
    [...buttons, [press(texts.refresh, { verb: "overview" })]],
  );
}

/** Not what passes within minutes, such as the update that is being answered. */
const isWorthTelling = ({ of, count, ages }: RowCount): boolean =>
  (of !== "delivery" && of !== "job") || ages.quarter < count;
