import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { counts } from "./picture-choice.ts";

/** How many pictures a card orders unless the person chooses on it: what they have set, or one. */
export const usualCount = (
  { likeness }: Pick<ChatPorts, "likeness">,
  person: Person,
): ResultAsync<(typeof counts)[number], StorageFailure> =>
  likeness.owners
    .settings(person)
    .map(({ picturesPerPress }) => counts.find((count) => count === picturesPerPress) ?? counts[0]);
