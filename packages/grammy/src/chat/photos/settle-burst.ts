import { addSeconds, secondsBetween, type JobOutcome, type Photo, type Timestamp } from "@likeness/core";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { sendText } from "../../telegram/messages.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatProblem } from "../press.ts";
import { pendingIn, rejectedAlone } from "./burst-status.ts";
import { changeBurst, displayAndPhotos } from "./change-burst.ts";
import { messageOf } from "./photo-reference.ts";
import { releaseBurst } from "./release-burst.ts";
import { showableAt } from "./showable-at.ts";

const quietSeconds = 3;
const done: JobOutcome = { type: "done" };

/** Ends a burst whose message is up to date, unless a photo is still being checked or more of them may come. */
export function settleBurst(
  ports: Pick<ChatPorts, "store" | "api" | "clock" | "say">,
  person: Person,
  burst: Burst,
  photos: readonly Photo[],
): ResultAsync<JobOutcome, ChatProblem> {
  const now = ports.clock.now();
  if (pendingIn(photos) > 0) return okAsync({ type: "again", at: addSeconds(now, untilNextLook(burst, now)) });
  const quietAt = addSeconds(burst.lastArrivalAt, quietSeconds);
  if (now < quietAt) return okAsync({ type: "again", at: quietAt });
  if (burst.settled) return okAsync(done);
  const rejected = rejectedAlone(photos, burst);
  if (rejected) return answer(ports, person, burst, rejected);
  return changeBurst(ports, person.chatId, burst, { settled: true }, displayAndPhotos).map((settled) =>
    settled ? done : soon(now),
  );
}

/** Somebody else was first, or another photo came. */
const soon = (now: Timestamp): JobOutcome => ({ type: "again", at: addSeconds(now, 2) });

/** Most photos are checked within seconds; one that is not may take an hour. */
const untilNextLook = ({ lastArrivalAt }: Burst, now: Timestamp): number =>
  secondsBetween(lastArrivalAt, now) < 60 ? 2 : 10;

/** Tells why a single photo was not taken, as a reply to it. Said first that it is being told, so that it is told once. */
function answer(
  ports: Pick<ChatPorts, "store" | "api" | "clock" | "say">,
  person: Person,
  burst: Burst,
  { number, reference, state }: Photo,
): ResultAsync<JobOutcome, ChatProblem> {
  const { api, clock, say } = ports;
  const { chatId, locale } = person;
  return safeTry(async function* () {
    const from = showableAt(burst);
    const now = clock.now();
    if (from !== undefined && from > now) return ok({ type: "again", at: from } as const);
    const claimed = yield* changeBurst(ports, chatId, burst, { shownAt: now }, displayAndPhotos);
    if (!claimed || state.status !== "rejected") return ok(soon(now));
    const said = say(locale, "photo.rejected", { number, rejection: state.rejection });
    yield* sendText(api, chatId, said, { replyTo: messageOf(reference) }).orElse((problem) =>
      releaseBurst(ports, chatId, claimed, problem),
    );
    const settled = yield* changeBurst(ports, chatId, claimed, { settled: true }, displayAndPhotos);
    return ok(settled ? done : soon(now));
  });
}
