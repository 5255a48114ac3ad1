import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EndpointTypeMap } from "@fal-ai/client/endpoints";
import type { Recipes } from "@likeness/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { falRecipes } from "./fal-recipes.ts";

type Makes = keyof Recipes;
type Endpoint<Which extends Makes> = (typeof falRecipes)[Which]["endpoint"];
type Input<Which extends Makes> = EndpointTypeMap[Endpoint<Which>]["input"];
type Output<Which extends Makes> = EndpointTypeMap[Endpoint<Which>]["output"];

const names = Object.keys(falRecipes) as Makes[];

/** The declarations that `@fal-ai/client` ships, with what fal says of each field. */
const declarations = readFileSync(
  join(dirname(createRequire(import.meta.url).resolve("@fal-ai/client")), "types", "endpoints.d.ts"),
  "utf8",
);

/** What fal documents of the fields of a type; another name for a type is followed. */
function fieldsOf(
  type: string,
): Record<string, { readonly optional: boolean; readonly byDefault?: string | undefined }> {
  const alias = new RegExp(`^export type ${type} = (\\w+);$`, "m").exec(declarations)?.[1];
  if (alias !== undefined) return fieldsOf(alias);
  const body = new RegExp(`^export type ${type} = \\{\n([^]*?)^\\};$`, "m").exec(declarations)?.[1] ?? "";
  const fields = body.matchAll(/\/\*\*([^]*?)\*\/\s+(\w+)(\??): /g);
  return Object.fromEntries(
    [...fields].map(([, text = "", name, mark]) => [
      name,
      { optional: mark === "?", byDefault: /Default value: `(.*?)`/.exec(text)?.[1] },
    ]),
  );
}

const typeOf = (endpoint: string, side: "input" | "output"): string =>
  new RegExp(`^    "${endpoint}": \\{\n(?:.*\n)??\\s+${side}: (\\w+);`, "m").exec(declarations)?.[1] ?? "";

/** The ranges of the pages linked in fal-recipes.ts; SeedVR's factor is from 1 to 10. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  num_inference_steps: [1, 50],
  guidance_scale: [0, 35],
  num_images: [1, 4],
  strength: [0.01, 1],
  upscale_factor: [1, 10],
};

/** Where ours is not fal's default. */
const own: Readonly<Record<string, unknown>> = { strength: 0.8 };

describe("falRecipes, beside the types of the installed client,", () => {
  it("send values that the endpoints take, and never sync_mode", () => {
    expectTypeOf(falRecipes.image.input).toExtend<Partial<Input<"image">>>();
    expectTypeOf(falRecipes.variation.input).toExtend<Partial<Input<"variation">>>();
    expectTypeOf(falRecipes.upscale.input).toExtend<Partial<Input<"upscale">>>();
    expectTypeOf<keyof typeof falRecipes.image.input>().toExtend<Exclude<keyof Input<"image">, "sync_mode">>();
    expectTypeOf<keyof typeof falRecipes.variation.input>().toExtend<Exclude<keyof Input<"variation">, "sync_mode">>();
    expectTypeOf<keyof typeof falRecipes.upscale.input>().toExtend<Exclude<keyof Input<"upscale">, "sync_mode">>();
    expect(JSON.stringify(falRecipes)).not.toContain("sync_mode");
  });

  it("put prompt, weights, size, source and seed where the endpoints take them", () => {
    expectTypeOf<{ prompt: string; loras: { path: string; scale: number }[]; seed: number }>().toExtend<
      Pick<Input<"image">, (typeof falRecipes.image)["promptField" | "weightsField" | "seedField"]>
    >();
    type Varied = (typeof falRecipes.variation)["promptField" | "weightsField" | "sizeField" | "sourceField"];
    expectTypeOf<{
      prompt: string;
      loras: { path: string; scale: number }[];
      image_size: { width: number; height: number };
      image_url: string;
    }>().toExtend<Pick<Input<"variation">, Varied>>();
    expectTypeOf<{ image_url: string; seed: number }>().toExtend<
      Pick<Input<"upscale">, (typeof falRecipes.upscale)["sourceField" | "seedField"]>
    >();
  });

  it("read pictures and flags where the endpoints give them", () => {
    expectTypeOf<Output<"image">[(typeof falRecipes.image)["pictureField"]]>().items.toHaveProperty("url");
    expectTypeOf<Output<"image">[(typeof falRecipes.image)["flagsField"]]>().toEqualTypeOf<boolean[]>();
    expectTypeOf<Output<"variation">[(typeof falRecipes.variation)["flagsField"]]>().toEqualTypeOf<boolean[]>();
    expectTypeOf<Output<"upscale">[(typeof falRecipes.upscale)["pictureField"]]>().toHaveProperty("url");
  });

  it.each(names)("%s: has every field, and fal's own defaults where it means them", (makes) => {
    const { input, endpoint } = falRecipes[makes];
    const fields = fieldsOf(typeOf(endpoint, "input"));
    for (const [name, value] of Object.entries(input)) {
      const expected = Object.hasOwn(own, name) ? JSON.stringify(own[name]) : fields[name]?.byDefault;
      expect([name, JSON.stringify(value)]).toStrictEqual([name, expected]);
      const [least, most] = ranges[name] ?? [value, value];
      expect(value >= least && value <= most).toBe(true);
    }
  });

  it.each(names)("%s: leaves no field out that the endpoint requires", (makes) => {
    const { endpoint, ...recipe }: Recipes[Makes] = falRecipes[makes];
    const required = Object.entries(fieldsOf(typeOf(endpoint, "input"))).filter(([, { optional }]) => !optional);
    const filled = [recipe.promptField, recipe.sourceField].filter((field) => field !== undefined);
    expect(required.map(([name]) => name).toSorted()).toStrictEqual(filled.toSorted());
    expect(Object.keys(fieldsOf(typeOf(endpoint, "output")))).toEqual(expect.arrayContaining([recipe.pictureField]));
  });
});
