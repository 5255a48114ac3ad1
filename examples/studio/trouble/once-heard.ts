import type { FalFakeActivity, FalFakeControl } from "@likeness/fal/testing";

/**
 * Calls back once, when the bot has learned about a request: by a webhook that it accepted, or by polling fal.
 */
export function onceHeard(
  { subscribe }: Pick<FalFakeControl, "subscribe">,
  { requestId, questions }: { readonly requestId: string; readonly questions: readonly ("status" | "result")[] },
  run: (how: FalFakeActivity["type"]) => void,
): void {
  const isAnswer = (activity: FalFakeActivity): boolean =>
    activity.type === "webhook"
      ? activity.answer === 200
      : activity.status !== undefined && questions.some((question) => question === activity.description);
  const leave = subscribe((activity) => {
    if (activity.requestId !== requestId || !isAnswer(activity)) return;
    leave();
    run(activity.type);
  });
}
