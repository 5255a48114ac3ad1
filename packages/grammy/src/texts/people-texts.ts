import type { Timestamp } from "@likeness/core";
import type { Text } from "./text.ts";

/** What a host says about itself: addresses, and what happens to data. What is absent is not said. */
export interface About {
  /** The privacy policy. */
  readonly privacyUrl?: string | undefined;
  /** The terms of use; absent: there is no `/terms`. */
  readonly termsUrl?: string | undefined;
  /** Where people get help, e.g. `@likeness_help` or an address. */
  readonly support?: string | undefined;
  /** The name of the training service that receives photos, e.g. `fal.ai`. */
  readonly service?: string | undefined;
  /** Photos are deleted this many days after a model is ready; for the chat, absent: as the policy has it. */
  readonly photoDays?: number | undefined;
  /** Everything is deleted this many days after the person was last seen; for the chat, absent: as the policy has it. */
  readonly ownerDays?: number | undefined;
}

/** Whether there is a consent, and since when. */
export type ConsentShown =
  | { readonly type: "given"; readonly at: Timestamp; readonly statements: readonly string[] }
  | { readonly type: "missing"; readonly withdrawn: boolean }
  /** It was given on that day to a text that has changed since. */
  | { readonly type: "outdated"; readonly at: Timestamp }
  | { readonly type: "elsewhere" };

/** A command and what it does, as lists show it. */
export interface ListedCommand {
  readonly command: string;
  readonly description: string;
}

/** What the bot says about a person's data and choices. */
export interface PeopleTexts {
  readonly "command.help": () => string;
  readonly "command.privacy": () => string;
  readonly "command.terms": () => string;
  readonly "command.settings": () => string;

  /**
   * The question before the first photo: what for, who receives the photos, how long they are kept, how they are deleted.
   * `refused`: photos came before the answer and were not taken.
   */
  readonly "consent.ask": (given: {
    readonly about: About;
    readonly statements: readonly string[];
    readonly because: "never-given" | "withdrawn" | "outdated";
    readonly refused: boolean;
  }) => Text;
  /** What the question becomes. */
  readonly "consent.given": (given: { readonly statements: readonly string[]; readonly at: Timestamp }) => Text;
  /** *Continue* was pressed too early. */
  readonly "toast.tick-all": (given: { readonly left: number }) => string;
  /** The wording changed between the question and the press; it is asked again. */
  readonly "toast.new-wording": () => string;

  /** `/privacy`. */
  readonly privacy: (given: { readonly about: About; readonly consent: ConsentShown }) => Text;
  /** The question before a withdrawal. `erasable`: everything can be deleted instead. */
  readonly "withdraw.ask": (given: { readonly erasable: boolean }) => Text;
  /** `cancelled`: orders that were stopped; `left`: those that are stopped as soon as possible. */
  readonly "withdraw.done": (given: { readonly cancelled: number; readonly left: number }) => Text;
  readonly terms: (given: { readonly about: About }) => Text;
  /** `/settings`. */
  readonly settings: (given: {
    /** The name of the language in that language; `followed`: it follows Telegram. */
    readonly language: string;
    readonly followed: boolean;
    readonly pictures?: number | undefined;
    readonly progress: boolean;
  }) => Text;

  readonly "button.agree": () => string;
  readonly "button.privacy": () => string;
  readonly "button.policy": () => string;
  readonly "button.withdraw": () => string;
  readonly "button.withdraw-keep": () => string;
  readonly "button.keep-consent": () => string;
  readonly "button.follow-telegram": (given: { readonly chosen: boolean }) => string;
  readonly "button.pictures": (given: { readonly count: number; readonly chosen: boolean }) => string;
  readonly "button.show-progress": (given: { readonly chosen: boolean }) => string;
  readonly "button.only-result": (given: { readonly chosen: boolean }) => string;
}
