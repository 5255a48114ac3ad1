import { copyAndSay } from "./copy/copy-and-say.ts";
import { sayUncopied } from "./copy/say-uncopied.ts";
import { trainingUsage } from "./operator/list-trainings.ts";
import { runCommand } from "./operator/run-command.ts";

/** `npm run copy -- <training id>`: copies its model again. Without an id: lists the models that are not copied. */
await runCommand({ name: "copy", usage: trainingUsage, list: sayUncopied, act: copyAndSay });
