import type { ExportPart, JobFailure, JobHandler, JobOutcome } from "@likeness/core";
import { addSeconds } from "@likeness/core";
import { InputFile } from "grammy";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { placeKey, readPlaceKey, type Place } from "../../conversation/place.ts";
import { plain, sendText, sentTo } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import { actorOf } from "../actor.ts";
import { chatJobs } from "../chat-jobs.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { personIn } from "../person.ts";
import type { ChatProblem, PressHandler } from "../press.ts";
import { retryDelay } from "../retry-delay.ts";

/** A bot may send 50 MB at most. https://core.telegram.org/bots/api#senddocument */
const partBytes = 49_000_000;

/** More would be a flood, and take hours. */
const mostParts = 20;

/** A job that failed more often is given up, and the person is told. */
const attempts = 5;

/** *Download my data*: a job packs them, because that may take minutes. */
export const orderExport: PressHandler = (ports, { person }) =>
  ports.store.jobs
    .enqueue({ kind: chatJobs.export, key: placeKey(person), payload: null })
    .map(() => ports.say(person.locale, "toast.export"));

type ExportPorts = Pick<ChatPorts, "likeness" | "store" | "api" | "clock" | "say" | "about" | "log">;

/** Sends a person everything that is stored about them: the handler of `chatJobs.export`. */
export const exportHandler =
  (ports: ExportPorts): JobHandler =>
  ({ key, kind, attempt }) => {
    const place = readPlaceKey(key);
    if (!place) return errAsync({ type: "job-failure", permanent: true, cause: `the key of ${kind} is no chat` });
    return sendExport(ports, place, attempt).orElse((problem) => outcomeOf(ports, problem));
  };

/** Models are linked and not packed, because one is larger than what a bot may send. */
const sendExport = (ports: ExportPorts, place: Place, attempt: number): ResultAsync<JobOutcome, ChatProblem> =>
  safeTry(async function* () {
    const { likeness, store, api, say, about } = ports;
    const actor = actorOf(place.chatId);
    // Whoever has pressed the button was seen: without a row, everything was erased meanwhile.
    if (!(yield* store.owners.find(actor))) return ok(done);
    const person = yield* personIn(ports, place);
    if (attempt > attempts) return sendText(api, place, say(person.locale, "export.failed")).map(() => done);
    const parts = yield* likeness.owners.export({ actor, models: "links", partBytes });
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    if (parts.length > mostParts || parts.some((part) => part.bytes > partBytes)) {
      const given = { megabytes: Math.ceil(bytes / 1_000_000), support: about.support };
      return sendText(api, place, say(person.locale, "export.too-large", given)).map(() => done);
    }
    for (const [index, part] of parts.entries())
      yield* sendPart(ports, person, part, { part: index + 1, of: parts.length });
    return okAsync(done);
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

function outcomeOf({ clock, log }: ExportPorts, problem: ChatProblem): ResultAsync<JobOutcome, JobFailure> {
  const failed = { type: "job-failure", permanent: false, cause: problem } as const;
  switch (problem.type) {
    case "rate-limited":
      return okAsync({ type: "again", at: addSeconds(clock.now(), retryDelay(problem)) });
    case "telegram-failure":
    case "storage-failure":
      return errAsync(failed);
    case "unreachable":
      return okAsync(done);
    case "refused":
      log.error({ detail: problem.detail }, "Telegram refused a person's data");
      return okAsync(done);
  }
}
