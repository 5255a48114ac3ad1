import type { PictureOutcome, Recipe } from "@likeness/core";
import { z } from "zod";
import { falFile } from "./fal-file.ts";

/** The fields of a result that hold its picture, and whether fal calls it unsafe. */
export type PictureFields = Pick<Recipe, "pictureField" | "flagsField">;

export interface ReadPicture {
  readonly outcome: PictureOutcome;
  /** Whether the flag that fal should have sent is missing. The picture then counts as safe. */
  readonly isUnflagged: boolean;
}

/**
 * The picture in a result, the first one of a list; `undefined` when there is none or its URL is not allowed. Of several
 * `candidates`, those count first whose flags are in the result, and then those that have none.
 *
 * Its length is not read: a copy of another length is refused, and a paid picture must not be lost by a wrong number.
 * https://fal.ai/models/fal-ai/flux-lora/api#schema-output
 */
export function readPicture(result: unknown, candidates: readonly PictureFields[]): ReadPicture | undefined {
  const found = candidates.flatMap((fields) => readAs(result, fields) ?? []);
  return found.find(({ isUnflagged }) => !isUnflagged) ?? found[0];
}

function readAs(result: unknown, { pictureField, flagsField }: PictureFields): ReadPicture | undefined {
  const output = z.record(z.string(), z.unknown()).safeParse(result).data ?? {};
  const found = picture.safeParse(output[pictureField]).data;
  if (!found) return undefined;
  const { url, content_type } = found;
  const flag = flagsField === undefined ? false : flags.safeParse(output[flagsField]).data?.[0];
  return {
    outcome: {
      picture: {
        url,
        ...(typeof content_type === "string" && { contentType: content_type }),
        ...(flag && { blocked: "flagged" as const }),
      },
    },
    isUnflagged: flag === undefined,
  };
}

const file = z.object({ url: falFile.shape.url, content_type: z.string().nullish().catch(undefined) });

const picture = z.union([file, z.tuple([file], z.unknown()).transform(([first]) => first)]);

const flags = z.tuple([z.boolean()], z.unknown());
