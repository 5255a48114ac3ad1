import type { Step } from "../../conversation/conversation.ts";
import type { Waiting } from "../../texts/texts.ts";

/** What the person is asked for at a step of the wizard. */
export const waitingOf = ({ name }: Step): Waiting => (name === "idle" ? "nothing" : name);
