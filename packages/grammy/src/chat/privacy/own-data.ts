import type { InlineKeyboardButton } from "grammy/types";
import { button } from "../button.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { PressHandler } from "../press.ts";
import { askToErase, eraseEverything } from "./erase-everything.ts";
import { orderExport } from "./send-export.ts";

type ButtonPorts = Pick<ChatPorts, "likeness" | "say">;

/** *Download my data*; absent where it cannot be done. */
export const exportButton = (ports: ButtonPorts, person: Person): InlineKeyboardButton | undefined =>
  button(ports, person, "button.export", "export");

/** *Delete everything*; absent where it cannot be done. */
export const eraseButton = (ports: ButtonPorts, person: Person): InlineKeyboardButton | undefined =>
  button(ports, person, "button.erase", "erase-ask");

/** The handlers of these buttons, and of those that they lead to. */
export const ownDataPresses = {
  export: orderExport,
  "erase-ask": askToErase,
  "erase-yes": eraseEverything,
} as const satisfies Partial<Record<Verb, PressHandler>>;
