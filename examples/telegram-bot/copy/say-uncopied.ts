import { modelIn, type Avatar, type Model, type Training } from "@likeness/core";
import { ok, safeTry } from "neverthrow";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { Desk } from "../operator/run-command.ts";

const most = 100;

/** Prints the trainings with a model that is not copied, one line each, newest first. */
export const sayUncopied = ({ store: { trainings, avatars }, clock }: Desk): Promise<Answer> =>
  safeTry(async function* () {
    const lines: string[] = [];
    for (const training of yield* trainings.uncopiedBefore(clock.now(), most))
      lines.push(lineOf(training, yield* avatars.find(training.avatarId)));
    return ok(lines);
  }).match(
    (lines): Answer => ({ lines: lines.length === 0 ? ["All models are copied."] : [...lines, hint], exitCode: 0 }),
    (failure): Answer => ({ lines: [databaseProblem(failure)], exitCode: 1 }),
  );

const hint = `npm run copy -- <training id> tries one again. Shown are the newest, ${most} at most.`;

function lineOf({ id, ownerId, state, nextCheckAt }: Training, avatar: Avatar | undefined): string {
  const ended = "finishedAt" in state ? state.finishedAt : "";
  const model = modelIn(state);
  const missing = model ? missingIn(model) : "";
  const fate = model && isTried(model, nextCheckAt) ? "is being copied" : "given up";
  return `${id}  ${ended}  ${state.status}, ${missing} ${fate}  "${avatar?.name}" of ${ownerId}`;
}

const missingIn = ({ weights, config }: Model): string =>
  [weights.blobKey === undefined ? "weights" : "", config && config.blobKey === undefined ? "configuration" : ""]
    .filter(Boolean)
    .join(" and ");

const isTried = ({ weights, config }: Model, nextCheckAt: string | undefined): boolean =>
  nextCheckAt !== undefined && !weights.givenUp && !config?.givenUp;
