import {
  addSeconds,
  secondsBetween,
  type ClaimedJob,
  type ExportOwnerError,
  type ExportPart,
  type JobFailure,
  type JobHandler,
  type JobOutcome,
  type Json,
} from "@likeness/core";
import { InputFile } from "grammy";
import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import type { Place } from "../../conversation/place.ts";
import { plain, sendText, sentTo } from "../../telegram/messages.ts";
import type { Text } from "../../texts/text.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import { actorOf } from "../actor.ts";
import { chatJobs, placeJobKey, readPlaceJobKey } from "../chat-jobs.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { personIn } from "../person.ts";
import type { PressHandler } from "../press.ts";
import { retryDelay } from "../retry-delay.ts";
import { beginExport, noteProgress, type ExportRun, type SentByAnother } from "./export-progress.ts";

/** A bot may send 50 MB at most. https://core.telegram.org/bots/api#senddocument */
const partBytes = 49_000_000;

/** More would be a flood, and take hours. */
const mostParts = 20;

/** A job that failed more often is given up, and the person is told. */
const attempts = 5;

/** *Download my data*: a job packs them, because that may take minutes. */
export const orderExport: PressHandler = (ports, { person }) => {
  const { likeness, store, ids, clock, say } = ports;
  const { actor, locale } = person;
  return likeness.owners
    .mayExport({ actor })
    .andThen(() =>
      store.jobs.enqueue({ kind: chatJobs.export, key: placeJobKey(person), payload: { exportId: ids.next() } }),
    )
    .map(() => say(locale, "toast.export"))
    .orElse((error) =>
      error.type === "too-many-exports"
        ? ok(say(locale, "toast.export-again", { seconds: secondsBetween(clock.now(), error.retryAt) }))
        : err(error),
    );
};

type ExportPorts = Pick<ChatPorts, "likeness" | "store" | "api" | "clock" | "say" | "about" | "log">;

type ExportProblem = TelegramProblem | ExportOwnerError | SentByAnother;

/** Sends a person everything that is stored about them: the handler of `chatJobs.export`. */
export const exportHandler =
  (ports: ExportPorts): JobHandler =>
  (job) => {
    const place = readPlaceJobKey(job.key);
    if (!place) return errAsync({ type: "job-failure", permanent: true, cause: `the key of ${job.kind} is no chat` });
    return sendExport(ports, place, job)
      .orElse((problem) => giveUp(ports, place, exportIdIn(job.payload), problem))
      .orElse((problem) => outcomeOf(ports, problem));
  };

/** What Telegram never takes has not reached the person, who is told, as far as they can be, and need not wait before they ask again. */
const giveUp = (
  ports: ExportPorts,
  place: Place,
  exportId: string,
  problem: ExportProblem,
): ResultAsync<JobOutcome, ExportProblem> => {
  if (problem.type === "unreachable") return takeBack(ports, place, exportId);
  if (problem.type !== "refused") return errAsync(problem);
  ports.log.error({ actor: actorOf(place.chatId), detail: problem.detail }, "Telegram refused a person's data");
  return personIn(ports, place).andThen(({ locale }) =>
    unsent(ports, place, exportId, ports.say(locale, "export.failed")),
  );
};

const takeBack = ({ likeness }: ExportPorts, { chatId }: Place, id: string): ResultAsync<JobOutcome, ExportProblem> =>
  likeness.owners.exportFailed({ actor: actorOf(chatId), id }).map(() => done);

/** Nobody waits an hour for what has not come. The note is taken back first, because it is true whatever Telegram takes. */
const unsent = (ports: ExportPorts, place: Place, id: string, said: Text): ResultAsync<JobOutcome, ExportProblem> =>
  takeBack(ports, place, id).andThen(() => sendText(ports.api, place, said).map(() => done));

/** Models are linked and not packed, because one is larger than what a bot may send. */
const sendExport = (
  ports: ExportPorts,
  place: Place,
  { attempt, payload, signal }: ClaimedJob,
): ResultAsync<JobOutcome, ExportProblem> =>
  safeTry(async function* () {
    const { likeness, store, say, about } = ports;
    const actor = actorOf(place.chatId);
    // Whoever has pressed the button was seen: without a row, everything was erased meanwhile.
    if (!(yield* store.owners.find(actor))) return ok(done);
    const person = yield* personIn(ports, place);
    const id = exportIdIn(payload);
    if (attempt > attempts) return unsent(ports, place, id, say(person.locale, "export.failed"));
    const parts = yield* likeness.owners.export({ actor, id, models: "links", partBytes });
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    if (parts.length > mostParts || parts.some((part) => part.bytes > partBytes)) {
      const given = { megabytes: Math.ceil(bytes / 1_000_000), support: about.support };
      return unsent(ports, place, id, say(person.locale, "export.too-large", given));
    }
    const begun = yield* beginExport(ports, place, id, `${parts.length} of ${bytes}`);
    return begun ? sendParts(ports, person, parts, begun, signal) : ok(done);
  });

/** A job of an earlier version names none. */
const exportIdIn = (payload: Json): string =>
  z.object({ exportId: z.string() }).safeParse(payload).data?.exportId ?? "";

/**
 * Each zip is begun by one run, also where the queue runs the job once more because a long export has outlasted it: the
 * store notes which one is being sent. A zip under way when its process dies is sent again.
 */
const sendParts = (
  ports: ExportPorts,
  person: Person,
  parts: readonly ExportPart[],
  begun: ExportRun,
  signal: AbortSignal,
): ResultAsync<JobOutcome, ExportProblem> =>
  safeTry(async function* () {
    const { clock } = ports;
    let run = begun;
    for (const [index, part] of parts.entries()) {
      if (index < run.progress.sent) continue;
      if (signal.aborted) return ok({ type: "again", at: clock.now() } as const);
      const sending = yield* noteProgress(ports, run, { sendingAt: clock.now() });
      const sent = await sendPart(ports, person, part, { part: index + 1, of: parts.length });
      // After a problem the next run may go on at once.
      run = yield* noteProgress(ports, sending, { sendingAt: undefined, sent: index + (sent.isOk() ? 1 : 0) });
      if (sent.isErr()) return err(sent.error);
    }
    return noteProgress(ports, run, { over: true }).map(() => done);
  });

const done: JobOutcome = { type: "done" };

/** The bytes are made while they are sent. */
const sendPart = (
  { api, say }: ExportPorts,
  person: Person,
  part: ExportPart,
  given: { readonly part: number; readonly of: number },
): ResultAsync<unknown, TelegramProblem> => {
  const { text: caption, entities: caption_entities } = plain(say(person.locale, "export.caption", given));
  return sentTo(person, (thread) =>
    api.sendDocument(person.chatId, new InputFile(() => part.stream(), part.name), {
      ...thread,
      caption,
      caption_entities,
      disable_content_type_detection: true,
    }),
  );
};

function outcomeOf({ clock }: ExportPorts, problem: ExportProblem): ResultAsync<JobOutcome, JobFailure> {
  const failed = { type: "job-failure", permanent: false, cause: problem } as const;
  switch (problem.type) {
    case "rate-limited":
      return okAsync({ type: "again", at: addSeconds(clock.now(), retryDelay(problem)) });
    // It is looked at again, so that a run that has died is replaced.
    case "sent-by-another":
      return okAsync({ type: "again", at: problem.until });
    // Ordered by more presses before the first was begun.
    case "too-many-exports":
      return okAsync(done);
    case "telegram-failure":
    case "credits-failure":
    case "storage-failure":
      return errAsync(failed);
    // Of what was said about it: the person can do without.
    case "unreachable":
    case "refused":
      return okAsync(done);
  }
}
