import type { ChatMessage } from "../protocol.ts";

/**
 * Service lines, e.g. about a block. They are shown after the message that was the newest then, until the studio ends.
 */
export function serviceLines() {
  const lines: ChatMessage[] = [];
  return {
    add: (newest: number, text: string): void => {
      const behind = lines.filter(({ id }) => Math.floor(id) === newest).length;
      const id = newest + (behind + 1) / 1000;
      lines.push({
        id,
        from: "service",
        at: Math.floor(Date.now() / 1000),
        edited: false,
        text,
        entities: [],
        buttons: [],
      });
    },
    among: (messages: readonly ChatMessage[]): readonly ChatMessage[] =>
      [...messages, ...lines].toSorted((one, other) => one.id - other.id),
  };
}
