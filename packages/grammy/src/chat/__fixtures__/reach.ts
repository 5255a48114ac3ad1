import type { StepName } from "../../conversation/conversation.ts";
import type { BotStage } from "./bot-stage.ts";
import { english } from "./words.ts";

/** Leads Ada to a step as she would go there herself. */
export async function reach(stage: BotStage, step: StepName): Promise<void> {
  for (const go of ways[step]) await go(stage);
}

type Go = (stage: BotStage) => Promise<unknown>;

const start: Go = (stage) => stage.says("/start");
const portrait: Go = (stage) => stage.presses(english("button.portrait"));
const female: Go = (stage) => stage.presses(english("button.female"));
const name: Go = (stage) => stage.says("Ada");
const rename: Go = async (stage) => {
  const [overview] = await stage.overviews();
  await stage.forges(`v1:rename:${overview?.avatar.id}`);
};

const ways: Readonly<Record<StepName, readonly Go[]>> = {
  idle: [],
  kind: [start],
  gender: [start, portrait],
  name: [start, portrait, female],
  photos: [start, portrait, female, name],
  words: [(stage) => stage.draft("Ada"), start, rename],
  rename: [(stage) => stage.draft("Ada"), start, rename],
};
