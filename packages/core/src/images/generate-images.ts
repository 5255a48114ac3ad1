import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import { ownAvatar } from "../avatars/own-avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { resemblances, type Resemblance } from "./image-order.ts";
import {
  imagesOf,
  type ImagePorts,
  type PromptContext,
  type PromptHookFailure,
  type PromptRefused,
} from "./image-ports.ts";
import { orderSet, type OrderSetError, type OrderSetPorts } from "./order-set.ts";
import type { PictureSet } from "./picture-set.ts";
import { writePrompt } from "./prompt.ts";
import { ratios, type Ratio } from "./ratios.ts";
import { cleanWords, type InvalidWords } from "./words.ts";

/** From a scene or from the person's own words, and not from both. */
export type GenerateImages = GenerateRequest & (FromScene | FromWords);

interface FromScene {
  /** The key of a scene. */
  readonly scene: string;
  readonly words?: undefined;
}

interface FromWords {
  /** The person's own words, at most 1,000 characters. */
  readonly words: string;
  readonly scene?: undefined;
}

interface GenerateRequest {
  /** Owner id of the person who asks, e.g. `telegram:42`. */
  readonly actor: string;
  /** The owner's main avatar when absent. */
  readonly avatarId?: string | undefined;
  /** The scene's, or `4:5`, when absent. */
  readonly ratio?: Ratio | undefined;
  /** 1 to 10 pictures; 1 when absent. */
  readonly count?: number | undefined;
  /** From 0 to 2³¹ − 1. Another one for every picture when absent. */
  readonly seed?: number | undefined;
  /** `normal` when absent. */
  readonly resemblance?: Resemblance | undefined;
  /** The same key is the same set, however often the command is repeated. */
  readonly idempotencyKey?: string | undefined;
}

/** There is no such scene; the host may have replaced its catalogue. */
export interface UnknownScene {
  readonly type: "unknown-scene";
  readonly scene: string;
}

/** A field of the command has a value that it cannot have. */
export interface InvalidRequest {
  readonly type: "invalid-request";
  readonly field: "scene" | "words" | "ratio" | "count" | "seed" | "resemblance" | "idempotencyKey";
  /** What it has to be. */
  readonly detail: string;
}

export type GenerateImagesError =
  InvalidRequest | InvalidWords | UnknownScene | PromptRefused | PromptHookFailure | AvatarNotFound | OrderSetError;

/** Orders pictures of an avatar: one paid order per picture, grouped as a set that is told as a whole. */
export function generateImages(
  ports: OrderSetPorts,
  command: GenerateImages,
): ResultAsync<PictureSet, GenerateImagesError> {
  return safeTry(async function* () {
    const { count = 1, seed, resemblance = "normal" } = yield* checkRequest(command);
    const { actor } = command;
    const avatar = yield* avatarFor(ports, command);
    const images = imagesOf(ports);
    const subject = yield* subjectOf(images, command);
    const text = logged(ports, { actor, avatarId: avatar.id }, textOf(images, subject, { actor, avatarId: avatar.id }));
    return orderSet(ports, {
      actor,
      avatarId: avatar.id,
      recipe: "image",
      count,
      seed,
      plan: { ...subject.plan, ratio: command.ratio ?? subject.ratio, resemblance },
      promptFor: (held, trigger) => text().map((drawn) => writePrompt({ avatar: held, trigger, ...drawn })),
      idempotencyKey: command.idempotencyKey,
    });
  });
}

const avatarFor = (
  { store }: OrderSetPorts,
  { actor, avatarId }: GenerateImages,
): ResultAsync<Avatar, AvatarNotFound | StorageFailure> =>
  avatarId === undefined
    ? store.avatars.listByOwner(actor).andThen((avatars) => {
        const main = avatars.find((avatar) => avatar.main);
        return main ? ok(main) : err({ type: "avatar-not-found", avatarId: "main" } as const);
      })
    : ownAvatar(store, { actor, avatarId });

const mostPictures = 10;

function checkRequest(command: GenerateImages): Result<GenerateImages, InvalidRequest> {
  const { scene, words, ratio, count = 1, seed = 0, resemblance = "normal", idempotencyKey = "" } = command;
  const checks: readonly (readonly [InvalidRequest["field"], boolean, string])[] = [
    ["scene", (scene === undefined) !== (words === undefined), "either a scene or words"],
    ["ratio", ratio === undefined || ratios.includes(ratio), `one of ${ratios.join(", ")}`],
    ["count", isBetween(count, 1, mostPictures), `a whole number from 1 to ${mostPictures}`],
    ["seed", isBetween(seed, 0, 2 ** 31 - 1), "a whole number from 0 to 2147483647"],
    ["resemblance", resemblances.includes(resemblance), `one of ${resemblances.join(", ")}`],
    ["idempotencyKey", idempotencyKey.length <= 200, "at most 200 characters"],
  ];
  const failed = checks.find(([, holds]) => !holds);
  return failed ? err({ type: "invalid-request", field: failed[0], detail: failed[2] }) : ok(command);
}

const isBetween = (value: number, lowest: number, highest: number): boolean =>
  Number.isInteger(value) && value >= lowest && value <= highest;

/** What is drawn, and what is remembered of it. */
interface Subject {
  readonly plan:
    { readonly from: "scene"; readonly scene: string } | { readonly from: "words"; readonly words: string };
  readonly ratio: Ratio;
  readonly text: Text;
}

type Text = { readonly template: string } | { readonly words: string };

const usualRatio: Ratio = "4:5";

function subjectOf(
  { scenes }: ImagePorts,
  { scene: key, words = "" }: Pick<GenerateImages, "scene" | "words">,
): Result<Subject, UnknownScene | InvalidWords> {
  if (key === undefined)
    return cleanWords(words).map((own) => ({
      plan: { from: "words", words: own },
      ratio: usualRatio,
      text: { words: own },
    }));
  const found = scenes.find((scene) => scene.key === key);
  return found
    ? ok({ plan: { from: "scene", scene: key }, ratio: found.ratio, text: { template: found.prompt } })
    : err({ type: "unknown-scene", scene: key });
}

/** What is drawn, after the host's hooks. They are asked at the first call only, and not about a scene. */
function textOf(
  { translatePrompt, screenPrompt }: ImagePorts,
  { text }: Subject,
  context: PromptContext,
): () => ResultAsync<Text, PromptRefused | PromptHookFailure> {
  if ("template" in text) return () => okAsync(text);
  let asked: ResultAsync<Text, PromptRefused | PromptHookFailure> | undefined;
  const ask = () =>
    (translatePrompt?.(text.words, context) ?? okAsync(text.words)).andThen((words) =>
      (screenPrompt?.(words, context) ?? okAsync(undefined)).map(() => ({ words })),
    );
  return () => (asked ??= ask());
}

/** Logs why words were not taken, as the hooks say it; never the words. */
function logged(
  { log }: OrderSetPorts,
  { actor, avatarId }: PromptContext,
  text: () => ResultAsync<Text, PromptRefused | PromptHookFailure>,
): typeof text {
  return () =>
    text().mapErr((error) => {
      log.warn(
        {
          ownerId: actor,
          avatarId,
          ...(error.type === "prompt-refused" ? withoutUndefined({ detail: error.detail }) : { error: error.type }),
        },
        error.type === "prompt-refused" ? "a prompt was refused" : "a prompt could not be translated or screened",
      );
      return error;
    });
}
