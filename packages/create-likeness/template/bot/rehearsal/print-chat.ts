import type { ChatMessage, TelegramFake } from "@likeness/grammy/testing";

/** Prints the chat of a person as it goes on: each message, and of a change what is new. */
export function printChat(telegram: TelegramFake, person: string): void {
  const shown = new Map<number, readonly string[]>();
  const labels = new Map<string, string>();
  telegram.control.subscribe((event) => {
    if (event.type === "pressed") return print(person, [`presses ${labels.get(event.data) ?? event.data}`]);
    if (event.type !== "message" && event.type !== "message-edited") return;
    const { id, from, buttons } = event.message;
    for (const { data, text } of buttons.flat()) if (data) labels.set(data, text);
    const lines = linesOf(event.message);
    const before = shown.get(id) ?? [];
    shown.set(id, lines);
    print(
      from === "bot" ? "bot" : person,
      before.length === 0 ? lines : lines.filter((line) => !before.includes(line)),
    );
  });
}

function linesOf({ text, caption, photo, document, buttons }: ChatMessage): string[] {
  const words = [text, caption].flatMap((part) => part?.split("\n") ?? []);
  const file = photo ? [`(a photo, ${photo.width} × ${photo.height})`] : document ? ["(a file)"] : [];
  const rows = buttons.map((row) => row.map((button) => `[ ${button.text} ]`).join(" "));
  return [...file, ...words, ...rows];
}

function print(who: string, lines: readonly string[]): void {
  for (const [index, line] of lines.entries()) console.log(`${(index === 0 ? who : "").padStart(5)} │ ${line}`);
}
