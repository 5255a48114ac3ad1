import type { Notification, Notifier, NotifierFailure, NotifierOutcome } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";

export interface RecordingNotifier extends Notifier {
  /** Every notification that was to be sent, in order, whatever became of it. */
  readonly attempts: readonly Notification[];
  /** How the next one ends; without it, it is sent. */
  answerNext(answer: NotifierOutcome | NotifierFailure): void;
}

export function recordingNotifier(): RecordingNotifier {
  const attempts: Notification[] = [];
  const answers: (NotifierOutcome | NotifierFailure)[] = [];
  return {
    attempts,
    answerNext: (answer) => {
      answers.push(answer);
    },
    send: (notification) => {
      attempts.push(notification);
      const answer = answers.shift() ?? { type: "sent", messageId: `message ${attempts.length}` };
      return answer.type === "notifier-failure" ? errAsync(answer) : okAsync(answer);
    },
  };
}
