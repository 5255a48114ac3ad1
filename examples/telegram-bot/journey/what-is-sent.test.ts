import { typeProblems } from "@likeness/lab/type-problems.ts";
import { expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { walk } from "./walk.ts";

/** Uploads are recorded as their names and sizes. */
const imports = `
import type { EndpointTypeMap } from "@fal-ai/client/endpoints";
import type { Opts } from "@grammyjs/types";
interface Upload { name: string; size: number }`;

/** A form with uploads has texts alone, a boolean as one too. */
const outOfForm = (payload: object): unknown =>
  JSON.parse(JSON.stringify(payload), (_name, value: unknown) => (value === "true" ? true : value));

it("sends fal and Telegram nothing but what their types allow, whatever is pressed on a picture", async () => {
  const stage = await journeyStage({ environment: { FIRST_LOOK: "true" } });
  const { ada, bot, until, orders, telegram, fal } = stage;
  const shown = () => ada.chat().filter(({ from, photo }) => from === "bot" && photo).length;
  const presses = async (button: string) => {
    await until(() => expect(buttonLike(ada, button)).toBeDefined());
    await press(ada, button).answer;
  };
  await bot.start();
  await walk(stage, ada, "orders the training", await drawPhotos(10));
  await until(() => expect(shown()).toBe(4));
  for (const button of ["v1:make", "v1:scene:", "v1:draw"]) await presses(button);
  await until(() => expect(shown()).toBe(5));
  await presses("v1:like");
  for (const [index, button] of ["v1:variation", "v1:larger", "v1:again"].entries()) {
    await presses(button);
    await until(() => expect(shown()).toBe(6 + index));
  }
  await presses("v1:original");
  await until(() => expect(ada.chat().some(({ document, from }) => from === "bot" && document)).toBe(true));
  await presses("v1:make");
  await presses("v1:words");
  await until(() => expect(said(ada).join("\n")).toContain("What shall the picture"));
  ada.says("on a pier at dawn, with TOK_0a1b2c3d");
  await presses("v1:draw");
  await until(() => expect(shown()).toBe(9));
  ada.says("/images");
  for (const button of ["v1:gallery", "v1:turn", "v1:remove-ask", "v1:remove-yes"]) await presses(button);
  expect(orders()).toBe(10);
  expect(await bot.stop()).toBe(0);

  const submits = fal.requests.filter(({ method, path }) => method === "POST" && path.startsWith("/fal-ai/"));
  const endpoints = submits.map(({ path }) => path.slice(1));
  expect(new Set(endpoints)).toStrictEqual(
    new Set([
      "fal-ai/flux-lora-portrait-trainer",
      "fal-ai/flux-lora",
      "fal-ai/flux-lora/image-to-image",
      "fal-ai/seedvr/upscale/image",
    ]),
  );
  const { calls } = telegram.control;
  const methods = calls.map(({ method }) => method);
  expect(methods).toStrictEqual(expect.arrayContaining(["sendPhoto", "sendMediaGroup", "sendDocument"]));
  const problems = typeProblems(imports, [
    ...submits.map(({ body }, index) => ({ type: `EndpointTypeMap["${endpoints[index]}"]["input"]`, value: body })),
    ...calls.map(({ method, payload }) => ({ type: `Opts<Upload>["${method}"]`, value: outOfForm(payload) })),
  ]);
  expect(problems).toStrictEqual([]);
}, 600_000);
