/** Our commands, as they are listed. */
export const allCommands = ["start", "avatars", "images", "settings", "privacy", "terms", "help", "cancel"] as const;

export type Command = (typeof allCommands)[number];
