import type { Avatar, Gender } from "../avatars/avatar.ts";
import { oneLine } from "./one-line.ts";
import { fillTemplate, subjectPlaceholder } from "./template.ts";
import { withoutTriggers } from "./triggers.ts";

/** What to draw, with whom: a scene's prompt, or a person's words (translated or not), in which braces mean nothing. */
export type PromptRequest = {
  readonly avatar: Pick<Avatar, "kind" | "gender">;
  /** The one with which the avatar's model was trained. */
  readonly trigger: string;
} & ({ readonly template: string } | { readonly words: string });

const nouns = { male: "man", female: "woman", unspecified: "person" } as const satisfies Record<Gender, string>;

/**
 * The prompt that is sent: it contains the avatar's trigger once and no other.
 *
 * - Portrait: `TOK_0a1b2c3d woman, …`, or where the template has `{s}`. The noun keeps age and sex from drifting.
 * - Style: `…, in the style of TOK_0a1b2c3d`. It has no gender: people in its scenes are "a person".
 *
 * Every trigger in the text is removed first, the avatar's own too, and then one is put where it belongs. To keep one
 * where a person wrote it would need a rule for each way to write it.
 */
export const writePrompt = (request: PromptRequest): string =>
  request.avatar.kind === "style" ? stylePrompt(request) : portraitPrompt(request);

function portraitPrompt(request: PromptRequest): string {
  const noun = nouns[request.avatar.gender];
  const subject = `${request.trigger} ${noun}`;
  if ("words" in request) return joined(subject, plain(request.words));
  const [before = "", ...after] = plain(fillTemplate(request.template, request.avatar.gender)).split(
    subjectPlaceholder,
  );
  return after.length === 0 ? joined(subject, before) : before + subject + after.join(noun);
}

function stylePrompt(request: PromptRequest): string {
  const text =
    "words" in request
      ? request.words
      : fillTemplate(request.template, "unspecified").replaceAll(subjectPlaceholder, "a person");
  return joined(plain(text).replace(/ ?[.,;]$/, ""), `in the style of ${request.trigger}`);
}

const plain = (text: string): string => withoutTriggers(oneLine(text));

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(", ");
