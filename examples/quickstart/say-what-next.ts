import type { Fal } from "./open-fal.ts";

/** Says that the fake's model is only a placeholder, and what to try next. */
export const sayWhatNext = ({ isPlayed }: Fal): void =>
  void process.stdout.write((isPlayed ? [...played, ...next] : next).join("\n") + "\n");

const played = [
  "",
  "fal was played by a fake on this machine: nothing was paid, and the model is a placeholder that generates nothing.",
  "  a real one   FAL_KEY=… npm run quickstart -- FOLDER --live   about $2.40 at fal.ai",
];

const next = [
  "",
  "Next:",
  "  in a chat    npm run demo",
  "  in a bot     docs/telegram.md",
  "  on a server  docs/deployment.md",
];
