import type { Readiness, StorageFailure } from "@likeness/core";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import type { Waiting } from "../../texts/texts.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import { hasModel } from "../has-model.ts";

/** What the wizard waits for at a step. */
export function waitingOf(
  ports: Pick<ChatPorts, "likeness" | "store">,
  person: Pick<Person, "actor" | "locale">,
  step: Step,
): ResultAsync<Waiting, StorageFailure> {
  if (step.name === "idle") return waitingIdly(ports, person);
  if (step.name !== "photos") return okAsync(step.name);
  return safeTry(async function* () {
    const found = yield* findOverview(ports, person, step.avatarId);
    if (!found) return ok<Waiting>("nothing");
    const { type } = yield* ports.likeness.owners.consent(person);
    return ok(type === "missing" ? "consent" : waitingFor(found.readiness));
  });
}

/** Outside of the wizard. */
const waitingIdly = (
  { likeness, store }: Pick<ChatPorts, "likeness" | "store">,
  { actor }: Pick<Person, "actor">,
): ResultAsync<Waiting, StorageFailure> =>
  likeness.images.available
    ? store.avatars.listByOwner(actor).map((avatars) => (avatars.some(hasModel) ? "pictures" : "nothing"))
    : okAsync("nothing");

/** The progress of the photos. */
export function waitingFor({ accepted, maximum, missing }: Readiness): Waiting {
  if (missing > 0) return "photos";
  return accepted < maximum ? "enough-photos" : "all-photos";
}
