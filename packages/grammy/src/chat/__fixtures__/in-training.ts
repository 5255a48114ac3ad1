import { valueOf } from "@likeness/testing";
import { botStage, type BotStage, type StageOptions } from "./bot-stage.ts";
import { english } from "./words.ts";

export interface InTraining {
  readonly stage: BotStage;
  readonly avatarId: string;
  readonly trainingId: string;
}

/** Ada looks at the progress card of a training that the provider has. */
export async function inTraining(options: StageOptions = {}): Promise<InTraining> {
  const stage = await botStage(options);
  const avatarId = await stage.draft();
  await stage.says("/start");
  await stage.forges(`v1:confirm:${avatarId}`);
  await stage.presses(english("button.train"));
  await stage.pass(1);
  const [training] = await valueOf(stage.storage.store.orders.listByAvatar(avatarId));
  if (!training) throw new Error("nothing is trained");
  return { stage, avatarId, trainingId: training.id };
}
