import type { Avatar, Training } from "@likeness/core";
import { ok, safeTry } from "neverthrow";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { Desk } from "../operator/run-command.ts";

const most = 100;

/** Prints the trainings with a late result, one line each, newest first. */
export const sayLateResults = ({ store: { trainings, avatars }, clock }: Desk): Promise<Answer> =>
  safeTry(async function* () {
    const lines: string[] = [];
    for (const training of yield* trainings.lateBefore(clock.now(), most))
      lines.push(lineOf(training, yield* avatars.find(training.avatarId)));
    return ok(lines);
  }).match(
    (lines): Answer => ({ lines: lines.length === 0 ? ["There are no late results."] : [...lines, hint], exitCode: 0 }),
    (failure): Answer => ({ lines: [databaseProblem(failure)], exitCode: 1 }),
  );

const hint = `npm run adopt -- <training id> makes its avatar ready. Shown are the newest, ${most} at most.`;

function lineOf({ id, ownerId, state, nextCheckAt }: Training, avatar: Avatar | undefined): string {
  const ended = "finishedAt" in state ? state.finishedAt : "";
  const why = "reason" in state ? `${state.status} (${state.reason})` : state.status;
  const adopted = avatar?.state.status === "ready" && avatar.state.trainingId === id ? ", adopted" : "";
  const model = "lateModel" in state ? state.lateModel : undefined;
  const uncopied = model?.weights.blobKey || nextCheckAt ? "" : ", its model was not copied";
  return `${id}  ${ended}  ${why}${adopted}${uncopied}  "${avatar?.name}" of ${ownerId}`;
}
