import type { ErasureReach, Timestamp } from "@likeness/core";
import type { Text } from "./text.ts";

/** What the bot says about downloading and deleting everything of a person. */
export interface OwnDataTexts {
  /** The caption of a zip with a person's data. `of`: how many zips there are. */
  readonly "export.caption": (given: { readonly part: number; readonly of: number }) => Text;
  /** There is so much that Telegram cannot carry it; `support`: whom to ask, if the host says. */
  readonly "export.too-large": (given: { readonly megabytes: number; readonly support?: string | undefined }) => Text;
  readonly "export.failed": () => Text;
  readonly "toast.export": () => string;
  /** They have just got everything; `seconds`: until it is possible again. */
  readonly "toast.export-again": (given: { readonly seconds: number }) => string;

  /**
   * The question before everything is deleted. `credits`: there may be credits, which are lost. `atService`: the training
   * service deletes all of its part, only some of it, or nothing.
   */
  readonly "erase.ask": (given: { readonly credits: boolean; readonly atService: ErasureReach }) => Text;
  /** Everything is deleted; `receiptId` is the number of the receipt. `atService`: as in the question. */
  readonly erased: (given: {
    readonly photos: number;
    readonly pictures: number;
    readonly receiptId: string;
    readonly atService: ErasureReach;
    readonly support?: string | undefined;
  }) => Text;
  /** Nobody has seen the person for long, so that everything will be deleted on this day. */
  readonly leaving: (given: { readonly name: string; readonly at: Timestamp }) => Text;

  readonly "button.export": () => string;
  readonly "button.erase": () => string;
  readonly "button.erase-yes": () => string;
  readonly "button.keep-everything": () => string;
}
