import type { Translations } from "../values/translations.ts";

/** Scenes that go together, as a person chooses among them. A scene may be in several packs, or in none. */
export interface Pack {
  /** 1 to 32 characters of a-z, 0-9 and hyphens. */
  readonly key: string;
  /** What the person reads on the button. */
  readonly names: Translations;
  /** The keys of its scenes, in the order in which they are shown. */
  readonly scenes: readonly string[];
}
