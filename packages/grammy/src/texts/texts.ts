import type {
  AvatarKind,
  AvatarStatus,
  FailureReason,
  Gender,
  InvalidName,
  ModelCopy,
  PhotoRejection,
  Preset,
  Quote,
} from "@likeness/core";
import type { Received } from "../chat/received.ts";
import type { ListedCommand, PeopleTexts } from "./people-texts.ts";
import type { Payable, Unpaid } from "./payable.ts";
import type { GuardTexts } from "./guard-texts.ts";
import type { OwnDataTexts } from "./own-data-texts.ts";
import type { PictureTexts } from "./picture-texts.ts";
import type { ShopTexts } from "./shop-texts.ts";
import type { Text } from "./text.ts";

/** A rejected photo: its number, which the person knows, and the reason. */
export interface RejectedPhoto {
  readonly number: number;
  readonly rejection: PhotoRejection;
}

/** How many photos a training takes and how many there are. */
export interface PhotoCount {
  readonly accepted: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** What an avatar has besides its name. */
export interface AvatarParts {
  readonly photos: boolean;
  /** What was learned in a training, be it the newest or an older one. */
  readonly models: boolean;
  /** What was drawn with it. */
  readonly pictures?: boolean | undefined;
}

/** What a training is doing, as a person sees it. */
export type ProgressPhase = "preparing" | "sending" | "unconfirmed" | "queued" | "running";

/** Whole minutes; `overrun`: longer than such trainings took before; absent: nothing is known yet. */
export type Remaining = number | "overrun" | undefined;

/** An unexpected message. `album`: it came with others. */
export interface HintGiven {
  readonly waiting: Waiting;
  readonly received: Received;
  readonly album?: true | undefined;
}

/**
 * What the person is asked or does now, for hints. `enough-photos`: more may come; `all-photos`: no more can. `pictures`:
 * nothing is asked, and the person has an avatar that makes pictures.
 */
export type Waiting =
  | "kind"
  | "gender"
  | "name"
  | "consent"
  | "photos"
  | "enough-photos"
  | "all-photos"
  | "rename"
  | "words"
  | "pictures"
  | "nothing";

/**
 * Everything the bot says. Each key is a function of its parameters; names come as the person wrote them. Buttons are
 * plain strings of at most 30 characters, toasts of at most 200.
 */
export interface Texts extends PictureTexts, PeopleTexts, ShopTexts, GuardTexts, OwnDataTexts {
  readonly "command.start": () => string;
  readonly "command.avatars": () => string;
  readonly "command.cancel": () => string;

  /** The first message to a person without an avatar: what this is, and that photos of faces are private. */
  readonly welcome: () => Text;
  /** The greeting of a person who has avatars. */
  readonly menu: (given: { readonly avatars: number }) => Text;
  /** `/start` during the wizard. `name`: of the draft when there is one; it is kept with either choice. */
  readonly resume: (given: { readonly waiting: Waiting; readonly name?: string | undefined }) => Text;

  /** Explains both types before the choice. */
  readonly "kind.prompt": () => Text;
  readonly "gender.prompt": (given: { readonly kind: AvatarKind }) => Text;
  readonly "name.prompt": (given: { readonly minimum: number; readonly maximum: number }) => Text;
  readonly "name.invalid": (given: Omit<InvalidName, "type">) => Text;
  /** What good photos are, how many, and how to send them; that the set is full when it is. `price`: of the training. */
  readonly "photos.prompt": (
    given: { readonly name: string; readonly kind: AvatarKind; readonly price?: Quote | undefined } & PhotoCount,
  ) => Text;
  /**
   * The status of a burst: words and numbers. Replies to rejected photos tell the reasons (`photo.rejected`);
   * `rejected` are the first of them, `moreRejected` is how many others there are.
   */
  readonly "photos.status": (
    given: {
      readonly name: string;
      readonly checking: number;
      readonly rejected: readonly RejectedPhoto[];
      readonly moreRejected: number;
    } & PhotoCount,
  ) => Text;
  /** Reply to a rejected photo. */
  readonly "photo.rejected": (given: RejectedPhoto) => Text;
  /** Reply to the first photo for which an avatar has no room. */
  readonly "photos.full": (given: {
    readonly maximum: number;
    /** Whether the limit counts rejected photos too, so that undoing does not make room. */
    readonly ever: boolean;
    /** Whether there are enough accepted photos for a training. */
    readonly enough: boolean;
  }) => Text;
  readonly "toast.checking": (given: { readonly checking: number }) => string;
  readonly "toast.missing": (given: { readonly missing: number } & PhotoCount) => string;
  readonly "toast.undone": (given: { readonly number: number }) => string;
  readonly "toast.nothing-to-undo": () => string;

  /**
   * The confirmation card. `minutes`: how long such trainings took here before; `hasModel`: there is one to be
   * replaced; `firstLook`: how many pictures come with the new one at no further cost.
   */
  readonly "confirm.prompt": (
    given: {
      readonly name: string;
      readonly kind: AvatarKind;
      readonly gender: Gender;
      readonly photos: number;
      readonly preset: Preset;
      readonly minutes?: number | undefined;
      readonly hasModel?: boolean | undefined;
      readonly firstLook?: number | undefined;
    } & Payable,
  ) => Text;
  /** No training was ordered, since the person's credits do not cover it. */
  readonly "credits.refused": (given: Unpaid) => Text;

  /** Words and numbers first, then a bar. `position`: requests ahead in the queue. */
  readonly progress: (given: {
    readonly name: string;
    readonly phase: ProgressPhase;
    readonly position?: number | undefined;
    readonly percent?: number | undefined;
    readonly remaining: Remaining;
    /** The avatar is trained again, and its previous model makes pictures until then. */
    readonly previous?: boolean | undefined;
  }) => Text;
  /** What the progress card says when there is no more progress. */
  readonly "progress.ended": (given: {
    readonly name: string;
    readonly outcome: "succeeded" | "failed" | "cancelled";
  }) => Text;

  /** `model`: whether it is saved here, not yet, or never will be. */
  readonly ready: (given: { readonly name: string; readonly model: ModelCopy }) => Text;
  /** Comes after `ready` when the copy of the model is given up. */
  readonly unsaved: (given: { readonly name: string }) => Text;
  /**
   * What happened in plain words, that nothing is lost, and what to do next. `hasModel`: the one from before still
   * works.
   */
  readonly failed: (given: {
    readonly name: string;
    readonly reason: FailureReason;
    readonly hasModel?: boolean | undefined;
  }) => Text;
  /**
   * The provider did not confirm: it is being checked, nothing is charged twice, and the outcome is told like any
   * other.
   */
  readonly unconfirmed: (given: { readonly name: string }) => Text;
  /** Takes the place of `unconfirmed` once the order was found at the provider. */
  readonly confirmed: (given: { readonly name: string }) => Text;

  readonly "cancel.nothing": () => Text;
  /** The wizard ended before there was a draft. */
  readonly "cancel.wizard": () => Text;
  /** The wizard ended; the draft stays. */
  readonly "cancel.draft": (given: { readonly name: string }) => Text;
  readonly "cancel.ask": (given: { readonly name: string }) => Text;
  readonly "cancel.done": (given: { readonly name: string; readonly hasModel: boolean }) => Text;
  readonly "cancel.too-late": (given: { readonly name: string }) => Text;
  /** It is unclear whether the provider has it, so it cannot be cancelled now. */
  readonly "cancel.unclear": (given: { readonly name: string }) => Text;

  readonly "avatars.empty": () => Text;
  /** Pages count from 1. */
  readonly "avatars.list": (given: { readonly avatars: number; readonly page: number; readonly pages: number }) => Text;
  /** Also the caption of a photo: at most 1024 characters. */
  readonly "avatar.card": (
    given: {
      readonly name: string;
      readonly kind: AvatarKind;
      readonly gender: Gender;
      readonly status: AvatarStatus;
      readonly main: boolean;
      /** It had photos, which are no longer stored. */
      readonly removed?: boolean | undefined;
    } & PhotoCount,
  ) => Text;
  readonly "avatars.full": (given: { readonly maximum: number }) => Text;
  readonly "rename.prompt": (given: {
    readonly name: string;
    readonly minimum: number;
    readonly maximum: number;
  }) => Text;
  readonly renamed: (given: { readonly name: string }) => Text;
  /** Speaks only of what the avatar has. `training`: one is under way and will be stopped. */
  readonly "delete.ask": (given: { readonly name: string; readonly training: boolean } & AvatarParts) => Text;
  readonly deleted: (given: { readonly name: string } & AvatarParts) => Text;
  readonly "toast.main": (given: { readonly name: string }) => string;

  /** What the bot is for, its commands, where people get help, and what it waits for now. */
  readonly help: (given: {
    readonly waiting: Waiting;
    readonly commands: readonly ListedCommand[];
    readonly support?: string | undefined;
  }) => Text;
  /** The answer to an unexpected message. */
  readonly hint: (given: HintGiven) => Text;
  readonly "toast.old-button": () => string;
  readonly "toast.training-active": () => string;
  /** The host does not offer avatars of this kind any more. */
  readonly "toast.kind-unavailable": () => string;
  /** It did not work on our side; nothing is lost. */
  readonly trouble: () => Text;

  readonly "button.portrait": () => string;
  readonly "button.style": () => string;
  readonly "button.female": () => string;
  readonly "button.male": () => string;
  /** Leaves the gender of the person in the photos open. */
  readonly "button.unspecified": () => string;
  /** Leaves open who appears in pictures of a style. */
  readonly "button.anyone": () => string;
  readonly "button.resume": () => string;
  readonly "button.restart": () => string;
  readonly "button.create": () => string;
  readonly "button.avatars": () => string;
  /** The button that switches to the language of this catalog, in that language. */
  readonly "button.language": () => string;
  readonly "button.undo": () => string;
  readonly "button.continue": () => string;
  /** The one that is chosen is marked at the start. */
  readonly "button.preset": (given: { readonly preset: Preset; readonly chosen: boolean }) => string;
  readonly "button.train": () => string;
  readonly "button.train-again": () => string;
  readonly "button.more-photos": () => string;
  readonly "button.cancel-training": () => string;
  readonly "button.keep-training": () => string;
  /** One row of the list. */
  readonly "button.avatar": (given: {
    readonly name: string;
    readonly status: AvatarStatus;
    readonly main: boolean;
  }) => string;
  readonly "button.progress": () => string;
  readonly "button.main": () => string;
  readonly "button.rename": () => string;
  readonly "button.delete": () => string;
  readonly "button.delete-draft": () => string;
  readonly "button.delete-confirm": () => string;
  readonly "button.keep": () => string;
  readonly "button.previous": () => string;
  readonly "button.next": () => string;
}

export type TextKey = keyof Texts;
export type TextParameters<Key extends TextKey> = Parameters<Texts[Key]>;
