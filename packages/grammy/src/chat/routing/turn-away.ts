import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { Command } from "../commands/command.ts";
import { claimHint, type HintTopic } from "../hints/claim-hint.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";

type TurnAwayPorts = Pick<ChatPorts, "likeness" | "store" | "clock" | "api" | "say">;

/** The messages of one moment get one answer. */
type Moment = Omit<HintTopic, "topic">;

/** Says that this bot is for other people. Nothing more is stored than when that was said. */
export const turnAway = (ports: TurnAwayPorts, person: Person, moment: Moment): ResultAsync<void, ChatError> =>
  claimHint(ports, person, { ...moment, topic: "not-allowed" }).andThen((claimed) =>
    claimed
      ? showMessage(ports, person, ports.say(person.locale, "not-allowed")).map(() => undefined)
      : okAsync(undefined),
  );

/** What a person may ask of any bot: how it treats them. */
export const isForEverybody = (command: Command | undefined): boolean => command === "privacy" || command === "terms";

/** Does what is asked, unless this bot is for other people. Those who have avatars from before can see and erase them. */
export const orTurnAway = (
  ports: TurnAwayPorts,
  person: Person,
  moment: Moment,
  work: () => ResultAsync<void, ChatError>,
  instead: () => ResultAsync<void, ChatError> = () => turnAway(ports, person, moment),
): ResultAsync<void, ChatError> => {
  const { actor } = person;
  if (ports.likeness.guards.allows({ actor })) return work();
  return ports.likeness.avatars.list({ actor }).andThen((avatars) => (avatars.length > 0 ? work() : instead()));
};
