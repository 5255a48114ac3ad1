import { jobKinds, type JobHandler, type JobQueue, type TrainingProvider } from "@likeness/core";
import { ResultAsync } from "neverthrow";

/**
 * A queue whose stop waits, also beyond its grace, until the answer to every paid request under way is on disk. One that
 * a process leaves behind is only looked for, never repeated. The provider limits how long an answer takes.
 */
export function finishSubmits(
  provider: TrainingProvider,
  queue: JobQueue,
): { readonly provider: TrainingProvider; readonly queue: JobQueue } {
  /** Jobs by the id of their training, which is their key. */
  const jobs = new Map<string, Promise<unknown>>();
  /** Those of them whose request was sent. */
  const sent = new Set<string>();

  const remembered =
    (handler: JobHandler): JobHandler =>
    (job) => {
      const run = Promise.resolve(handler(job)).finally(() => {
        jobs.delete(job.key);
        sent.delete(job.key);
      });
      jobs.set(job.key, run);
      return new ResultAsync(run);
    };

  const settled = async (): Promise<void> => {
    for (const trainingId of sent) await jobs.get(trainingId)?.catch(() => undefined);
  };

  return {
    provider: {
      ...provider,
      submit: (submission) => {
        sent.add(submission.training.id);
        return provider.submit(submission);
      },
    },
    queue: {
      ...queue,
      start: (handlers) => {
        const submit = handlers[jobKinds.submitTraining];
        return queue.start(submit ? { ...handlers, [jobKinds.submitTraining]: remembered(submit) } : handlers);
      },
      stop: (options) => queue.stop(options).andThen(() => ResultAsync.fromSafePromise(settled())),
    },
  };
}
