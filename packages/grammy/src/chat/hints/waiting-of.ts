import type { Readiness, StorageFailure } from "@likeness/core";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import type { Waiting } from "../../texts/texts.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";

/** What the wizard waits for at a step. */
export function waitingOf(
  ports: Pick<ChatPorts, "likeness">,
  person: Pick<Person, "actor" | "locale">,
  step: Step,
): ResultAsync<Waiting, StorageFailure> {
  if (step.name === "idle") return okAsync("nothing");
  if (step.name !== "photos") return okAsync(step.name);
  return safeTry(async function* () {
    const found = yield* findOverview(ports, person, step.avatarId);
    if (!found) return ok<Waiting>("nothing");
    const { type } = yield* ports.likeness.owners.consent(person);
    return ok(type === "missing" ? "consent" : waitingFor(found.readiness));
  });
}

/** The progress of the photos. */
export function waitingFor({ accepted, maximum, missing }: Readiness): Waiting {
  if (missing > 0) return "photos";
  return accepted < maximum ? "enough-photos" : "all-photos";
}
