/** A command of another part of the bot, e.g. of a shop, which is listed in the menu and in `/help` with ours. */
export interface ExtraCommand {
  /** Without the slash. */
  readonly command: string;
  /** What it does, in a language. */
  describe(locale: string): string;
}
