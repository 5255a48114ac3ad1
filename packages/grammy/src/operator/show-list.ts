import type { ListNeedError, Need, Needs } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { digestOf } from "../chat/digest.ts";
import { needRows, type NeedRow } from "./need-rows.ts";
import type { OperatorPorts, Visiting } from "./operator-ports.ts";
import { ago, plainValue, press, viewOf, type View } from "./view.ts";

/** As many as the chat shows of a list; the command line shows all. */
export const mostRows = 100;
const rowsOnPage = 8;

/** A page of a list: a button for each row. */
export const showList = (
  { commands, clock }: OperatorPorts,
  visiting: Visiting,
  need: Need,
  wanted: number,
): ResultAsync<View, ListNeedError> =>
  commands.list<Need>({ need, limit: mostRows }).map(({ items, next }) => {
    const { texts } = visiting;
    const look: NeedRow<Needs[Need]> = needRows[need];
    const pages = Math.max(1, Math.ceil(items.length / rowsOnPage));
    const page = Math.min(wanted, pages - 1);
    const buttons = items.slice(page * rowsOnPage, (page + 1) * rowsOnPage).map((row) => {
      const at = look.atOf(row);
      const age = at === undefined ? "" : `${ago(visiting, at, clock.now())} · `;
      const target = { list: need, digest: digestOf(look.subjectOf(row).id) };
      return [press(`${age}${plainValue(look.aboutOf(row))}`, { verb: "row", target })];
    });
    const turn = [
      ...(page > 0 ? [press("‹", { verb: "list", need, page: page - 1 })] : []),
      ...(page < pages - 1 ? [press("›", { verb: "list", need, page: page + 1 })] : []),
    ];
    return viewOf(
      [
        `${texts.lists[need]}${pages > 1 ? `, ${page + 1}/${pages}` : ""}`,
        items.length === 0 ? texts.empty : undefined,
        next === undefined ? undefined : texts.newest,
      ],
      [...buttons, ...(turn.length > 0 ? [turn] : []), [press(texts.overview, { verb: "overview" })]],
    );
  });
