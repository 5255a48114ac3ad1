import type { OperatorCommands } from "@likeness/core";
import type { ChatPorts } from "../chat/chat-ports.ts";
import type { Locale } from "../texts/catalog.ts";
import type { OperatorTexts } from "./operator-texts.ts";

/** What the messages for operators are made of. */
export interface OperatorPorts extends Pick<ChatPorts, "api" | "store" | "clock" | "log"> {
  readonly commands: OperatorCommands;
}

/** An operator who writes or presses. */
export interface Visiting {
  /** As the entries name them: `telegram:<id>`. */
  readonly operator: string;
  readonly locale: Locale;
  readonly texts: OperatorTexts;
}
