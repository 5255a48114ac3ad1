import { expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { openReplicate } from "./journey-provider.ts";
import { journeyStage, type JourneyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { walk } from "./walk.ts";

const picturesOf = ({ ada }: JourneyStage) => ada.chat().filter(({ from, photo }) => from === "bot" && photo);

it("trains and draws at Replicate from /start to a picture, paid once each, though an answer is lost and it is killed", async () => {
  const { fake: replicate, environment } = await openReplicate(0.3);
  const stage = await journeyStage({ environment });
  const { ada, bot, until, fal } = stage;
  await bot.start();
  replicate.control.next({ submit: "drop-after-accepting", runSeconds: 3 });
  await walk(stage, ada, "continues", await drawPhotos(10));
  press(ada, "v1:train-balanced");
  await until(() => expect(replicate.runs()).toHaveLength(1));
  await bot.kill();
  await bot.start();
  await until(() => expect(said(ada).some((words) => /is ready\./i.test(words))).toBe(true));

  press(ada, "v1:make");
  await until(() => expect(buttonLike(ada, "v1:scene:")).toBeDefined());
  press(ada, "v1:scene:");
  await until(() => expect(buttonLike(ada, "v1:draw")).toBeDefined());
  press(ada, "v1:draw");
  await until(() => expect(picturesOf(stage)).toHaveLength(1));
  expect(picturesOf(stage)[0]?.caption).toContain("Made with AI");

  expect(replicate.runs().map(({ kind, model, status }) => [kind, model, status])).toStrictEqual([
    ["training", "replicate/fast-flux-trainer", "succeeded"],
    ["prediction", "black-forest-labs/flux-dev-lora", "succeeded"],
  ]);
  const [training, prediction] = replicate.runs();
  expect(prediction?.input["lora_weights"]).toMatch(/flux-lora\.tar$/);
  expect(String(prediction?.input["prompt"])).toContain(training?.input["trigger_word"]);
  expect(replicate.deliveries.some(({ status }) => status === 200)).toBe(true);
  // Orders from before the change of provider need fal: the bot checks its keys at the start, and asks nothing else of it.
  const atStart = ["/.well-known/jwks.json", "/v1/models/pricing"];
  expect(fal.requests.filter(({ path }) => !atStart.includes(path))).toStrictEqual([]);
  expect(bot.output()).not.toContain("r8_fake");
  expect(await bot.stop()).toBe(0);
}, 600_000);
