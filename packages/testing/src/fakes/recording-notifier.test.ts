import { addSeconds, type NotifierFailure, type NotifierOutcome } from "@likeness/core";
import { describeNotifier, type ScriptedReception } from "../contracts/describe-notifier.ts";
import { recordingNotifier } from "./recording-notifier.ts";

describeNotifier("recording", async (clock) => {
  const notifier = recordingNotifier();
  const answers: Record<ScriptedReception, NotifierOutcome | NotifierFailure> = {
    wait: { type: "retry-at", at: addSeconds(clock.now(), 30) },
    unreachable: { type: "unreachable" },
    rejected: { type: "rejected", detail: "the text is too long" },
    down: { type: "notifier-failure", detail: "502" },
  };
  return {
    notifier,
    receiveNext: (reception) => notifier.answerNext(answers[reception]),
    received: () => notifier.attempts.length,
  };
});
