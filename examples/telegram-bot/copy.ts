import { copyAndSay } from "./copy/copy-and-say.ts";
import { sayUncopied } from "./copy/say-uncopied.ts";
import { runCommand } from "./operator/run-command.ts";

/** `npm run copy -- <training id>`: its model is copied after all. Without an id: a list of those that are not copied. */
await runCommand({ name: "copy", list: sayUncopied, act: copyAndSay });
