import type { OperatorCommands, Timestamp } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Problem } from "../problem-text.ts";
import type { Html } from "./html.ts";
import type { Said } from "./http/said.ts";

/** A request of an operator who is let in. */
export interface Visit {
  readonly commands: OperatorCommands;
  /** The operator's name. */
  readonly who: string;
  readonly now: Timestamp;
  readonly readOnly: boolean;
  /** The header by which the next page tells what came of an act. */
  cookieSaying(request: Request, said: Said): Promise<string>;
  /** From the address of the request to the page's first one, e.g. `../`: it works behind any prefix. */
  readonly root: string;
  /** The variable part of the path, e.g. an id. */
  readonly name: string;
  readonly query: URLSearchParams;
}

/** What is shown between head and foot. */
export interface Shown {
  readonly title: string;
  readonly body: Html;
  readonly status?: number | undefined;
  /** Beside those of every page. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Shows something, or says which error kept it from that. */
export type View = (visit: Visit) => ResultAsync<Shown, Problem>;
