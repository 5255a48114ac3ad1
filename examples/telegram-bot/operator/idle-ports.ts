import type { Ports } from "@likeness/core";

const onlyTheBot = (): never => {
  throw new Error("only a running bot does this, not an operator's command");
};

/** Ports that no operator's command calls: what needs them is done by the jobs of a running bot. */
export const idlePorts: Pick<Ports, "inspector" | "notifier" | "outcomes"> = {
  inspector: { inspect: onlyTheBot },
  notifier: { send: onlyTheBot },
  outcomes: { open: onlyTheBot },
};

/** In the place of the provider for commands that do not ask it, so that these need no keys. */
export const idleProvider: Ports["provider"] = {
  name: "none",
  prepare: onlyTheBot,
  submit: onlyTheBot,
  look: onlyTheBot,
};
