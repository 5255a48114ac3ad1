import type { InlineKeyboardButton } from "grammy/types";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { PressHandler } from "../press.ts";

type ButtonPorts = Pick<ChatPorts, "likeness" | "say">;

/** *Download my data*; absent where it cannot be done. */
export const exportButton = (_ports: ButtonPorts, _person: Person): InlineKeyboardButton | undefined => undefined;

/** *Delete everything*; absent where it cannot be done. */
export const eraseButton = (_ports: ButtonPorts, _person: Person): InlineKeyboardButton | undefined => undefined;

/** The handlers of these buttons, and of those that they lead to. */
export const ownDataPresses = {} as const satisfies Partial<Record<Verb, PressHandler>>;
