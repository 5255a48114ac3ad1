import type { ActName, ActSubject } from "../acts.ts";
import { quoted } from "./visible.ts";

/** The commands by which something is done about a row, one a line. */
export const actLines = (program: string, acts: readonly ActName[], { type, id }: ActSubject): string[] =>
  acts.map((act) => `  ${program} ${act} ${act === "dismiss" ? `${type} ` : ""}${quoted(id)}`);
