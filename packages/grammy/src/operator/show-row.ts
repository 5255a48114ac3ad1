import { FormattedString } from "@grammyjs/parse-mode";
import type { Found } from "./find-target.ts";
import type { ChatAct } from "./operator-acts.ts";
import type { Target } from "./operator-data.ts";
import type { Visiting } from "./operator-ports.ts";
import { factLines, plainValue, press, viewOf, type View } from "./view.ts";

const mostEvents = 12;

/** A row with what can be done about it. */
export function showRow(visiting: Visiting, { target, facts, acts, orderId, events }: Found): View {
  const { texts } = visiting;
  const newest = events
    .slice(-mostEvents)
    .map(({ at, of, what, detail }) =>
      plainValue([at.slice(5, 16).replace("T", " "), of, what, detail].filter(Boolean).join(" ")),
    );
  return viewOf(
    [...factLines(visiting, facts), ...(newest.length > 0 ? ["", texts.happened, ...newest] : [])],
    [
      ...acts.map((act) => [press(texts.acts[act], { verb: "ask", act, target })]),
      ...(orderId === undefined ? [] : [[press(texts.showOrder, { verb: "row", target: { orderId } })]]),
      [backFrom(visiting, target)],
    ],
  );
}

/** Asks before an act is done. */
export const showQuestion = (visiting: Visiting, { target, facts }: Found, act: ChatAct): View =>
  viewOf(
    [...factLines(visiting, facts).slice(0, 3), "", visiting.texts.asks[act]],
    [
      [press(`${visiting.texts.yes}: ${visiting.texts.acts[act]}`, { verb: "do", act, target })],
      [press(visiting.texts.back, { verb: "row", target })],
    ],
  );

/** A sentence in the place of a row, e.g. what came of an act; with the words of a service, if there are some. */
export const showSaid = (visiting: Visiting, said: string, target?: Target, detail?: string): View =>
  viewOf(
    [said, detail === undefined ? undefined : FormattedString.code(plainValue(detail))],
    [[target ? backFrom(visiting, target) : press(visiting.texts.overview, { verb: "overview" })]],
  );

const backFrom = ({ texts }: Visiting, target: Target) =>
  target.list === undefined
    ? press(texts.overview, { verb: "overview" })
    : press(texts.back, { verb: "list", need: target.list, page: 0 });
