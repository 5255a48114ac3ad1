import type { Cell } from "../cell.ts";

/** A cell as text, with times to the second. */
export function cellText(cell: Cell | undefined): string {
  switch (cell?.type) {
    case undefined:
      return "";
    case "text":
      return cell.text;
    case "number":
      return String(cell.number);
    case "time":
      return moment(cell.at);
    case "order":
      return cell.id;
  }
}

/** `2026-11-30 10:00:00Z`; what is no timestamp stays as it is. */
export const moment = (at: string): string => at.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d{3}Z$/, "$1 $2Z");

/** Absent where there is no time. */
export const momentIn = (at: string | undefined): string | undefined => (at === undefined ? undefined : moment(at));
