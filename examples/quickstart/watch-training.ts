import { setTimeout as wait } from "node:timers/promises";
import { isTerminal, orThrow, type AvatarCommand, type Likeness, type Training } from "@likeness/core";
import { progressBar } from "./progress-bar.ts";

/** Shows the progress of a training until it has ended and, if there is a model, its files are copied. */
export async function watchTraining(likeness: Likeness, { actor, avatarId }: AvatarCommand): Promise<Training> {
  const bar = progressBar(process.stdout);
  for (;;) {
    const overviews = await orThrow(likeness.avatars.list({ actor }));
    const training = overviews.find(({ avatar }) => avatar.id === avatarId)?.trainings[0];
    if (!training) throw new Error("the training is gone");
    bar.draw(...progressOf(training));
    if (isOver(training)) {
      bar.end();
      return training;
    }
    await wait(100);
  }
}

/** Whether it has ended and no work is left, so that the files of its model are copied. */
const isOver = ({ state, nextCheckAt }: Training): boolean => isTerminal(state.status) && nextCheckAt === undefined;

function progressOf({ state, nextCheckAt }: Training): [percent: number, label: string] {
  switch (state.status) {
    case "requested":
      return [0, "uploading the photos"];
    case "submitting":
      return [0, "submitting"];
    case "unknown":
      return [0, "the provider did not confirm; looking for it"];
    case "submitted":
      return [state.progress.percent ?? 0, state.progress.startedAt ? "training" : "in the queue"];
    case "succeeded":
      return [100, nextCheckAt === undefined ? "done" : "copying the model"];
    case "failed":
      return [0, `failed: ${[state.reason, state.detail].filter(Boolean).join(", ")}`];
    case "cancelled":
      return [0, "cancelled"];
  }
}
