import { useState } from "preact/hooks";
import { BehindPanel } from "./behind/behind-panel.tsx";
import { ChatPanel } from "./chat/chat-panel.tsx";
import { Toasts, useToasts } from "./toasts.tsx";
import { useStudio } from "./use-studio.ts";

const panels = { chat: "Chat", behind: "Behind the chat" } as const;

/** Two panels, side by side if there is room, otherwise one at a time. */
export function Studio() {
  const state = useStudio();
  const { toasts, show, dismiss } = useToasts();
  const [panel, setPanel] = useState<keyof typeof panels>("chat");

  return (
    <div class="studio" data-panel={panel}>
      <header class="top">
        <h1>Likeness studio</h1>
        <p class="where">Emulator of Telegram and fal</p>
        <a class="operator" href="/operator" target="_blank" rel="noopener">
          Operator’s page
        </a>
        <nav class="tabs" aria-label="Panels">
          {Object.entries(panels).map(([name, label]) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === panel}
              onClick={() => setPanel(name as keyof typeof panels)}
            >
              {label}
            </button>
          ))}
        </nav>
      </header>
      {state ? (
        <>
          <ChatPanel state={state} show={show} />
          <BehindPanel state={state} show={show} />
        </>
      ) : (
        <p class="waiting" role="status">
          Opening the studio …
        </p>
      )}
      <Toasts toasts={toasts} dismiss={dismiss} />
    </div>
  );
}
