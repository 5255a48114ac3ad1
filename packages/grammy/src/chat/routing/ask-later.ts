import { addSeconds, type JobFailure, type JobHandler, type JobOutcome, type StorageFailure } from "@likeness/core";
import { err, errAsync, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { faceJobs } from "../face-jobs.ts";
import { personIn } from "../person.ts";
import type { ChatError } from "../press.ts";
import { retryDelay } from "../retry-delay.ts";
import { showStep } from "../wizard/show-step.ts";

const done: JobOutcome = { type: "done" };

/** Has the present step asked once more, when Telegram takes messages again: the person can always go on. */
export const askLater = (
  { store, clock }: Pick<ChatPorts, "store" | "clock">,
  { chatId }: Pick<Person, "chatId">,
  problem: TelegramProblem,
): ResultAsync<void, StorageFailure> =>
  changeConversation(store.sessions, chatId, (conversation) => {
    if (conversation.promptId === undefined) return conversation;
    const { promptId: _unseen, ...rest } = conversation;
    return rest;
  }).andThen(() =>
    store.jobs.enqueue({
      kind: faceJobs.prompt,
      key: String(chatId),
      payload: { chatId },
      runAt: addSeconds(clock.now(), retryDelay(problem)),
    }),
  );

/** Asks what could not be asked, unless that has been done since: the handler of `faceJobs.prompt`. */
export const promptHandler =
  (ports: ChatPorts): JobHandler =>
  ({ payload }) => {
    const read = asked.safeParse(payload);
    if (!read.success) return errAsync({ type: "job-failure", permanent: true, cause: "it does not say whom to ask" });
    return askNow(ports, read.data.chatId).orElse((error): Result<JobOutcome, JobFailure> => {
      switch (error.type) {
        case "rate-limited":
        case "telegram-failure":
          return ok({ type: "again", at: addSeconds(ports.clock.now(), retryDelay(error)) });
        case "unreachable":
        case "refused":
          ports.log.warn({ problem: error }, "a question cannot be asked");
          return ok(done);
        case "storage-failure":
          return err({ type: "job-failure", permanent: false, cause: error });
      }
    });
  };

const askNow = (ports: ChatPorts, chatId: number): ResultAsync<JobOutcome, ChatError> =>
  safeTry(async function* () {
    const { promptId } = yield* findConversation(ports.store.sessions, chatId);
    if (promptId !== undefined) return okAsync(done);
    return showStep(ports, yield* personIn(ports, chatId)).map(() => done);
  });

const asked = z.object({ chatId: z.number() });
