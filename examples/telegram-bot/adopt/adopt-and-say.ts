import type { AdoptLateResultError, Adoption } from "@likeness/core";
import { databaseProblem, noSuchTraining, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";

/** Adopts the late result of a training and prints a line about the outcome. */
export async function adoptAndSay(context: OperatorContext, trainingId: string): Promise<Answer> {
  const { commands, operator } = context;
  const adopted = await commands.adopt({ operator, trainingId });
  if (adopted.isErr()) return { lines: [problemIn(adopted.error, trainingId)], exitCode: 1 };
  const { type, training } = adopted.value;
  const avatar = await context.store.avatars.find(training.avatarId);
  const name = avatar.isOk() && avatar.value ? `"${avatar.value.name}"` : training.avatarId;
  return { lines: [outcomes[type](`avatar ${name} of ${training.ownerId}`, trainingId)], exitCode: 0 };
}

const outcomes = {
  adopted: (avatar, id) => `Adopted: ${avatar} is ready with the result of training ${id}. The bot tells its owner.`,
  "adopted-before": (avatar, id) => `Adopted before: ${avatar} is ready with the result of training ${id} already.`,
} as const satisfies Record<Adoption["type"], (avatar: string, trainingId: string) => string>;

function problemIn(error: AdoptLateResultError, trainingId: string): string {
  switch (error.type) {
    case "training-not-found":
      return noSuchTraining(trainingId);
    case "no-late-result":
      return `Nothing to adopt: training ${trainingId} is ${error.status} and has no late result.`;
    case "training-active":
      return `Not adopted: the avatar is being trained again, by training ${error.trainingId}. If that fails, try again.`;
    case "superseded":
      return `Not adopted: the avatar is ready with the result of a later training, ${error.trainingId}.`;
    case "storage-failure":
      return databaseProblem(error);
  }
}
