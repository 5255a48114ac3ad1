import type { Fal } from "./open-fal.ts";

/** Says that model and picture are the fake's, and what to try next. */
export const sayWhatNext = ({ isPlayed }: Fal): void =>
  void process.stdout.write((isPlayed ? [...played, ...next] : next).join("\n") + "\n");

const played = [
  "",
  "fal was played by a fake on this machine: nothing was paid, the model is a placeholder, and the fake drew the picture.",
  "  a real one   FAL_KEY=… npm run quickstart -- FOLDER --live   about $2.44 at fal.ai",
];

const next = [
  "",
  "Next:",
  "  in a chat    npm run demo",
  "  in a bot     docs/telegram.md",
  "  on a server  docs/deployment.md",
];
