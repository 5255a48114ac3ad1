import type { Notification, Notifier, NotifierFailure, NotifierOutcome } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";

export interface RecordingNotifier extends Notifier {
  /** Every notification passed to `send`, in order, with any outcome. */
  readonly attempts: readonly Notification[];
  /** Sets the outcome of the next one, which is sent by default. */
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
