import { useState } from "preact/hooks";
import { block, say, speak, type Answer } from "../ask-server.ts";
import { Composer } from "../composer/composer.tsx";
import { DropZone } from "../composer/drop-zone.tsx";
import { useSending } from "../composer/use-sending.ts";
import { Modal } from "../modal.tsx";
import type { StudioState } from "../studio-state.ts";
import type { ChatMessage } from "../../protocol.ts";
import { ChatHeader } from "./chat-header.tsx";
import { ChatLog } from "./chat-log.tsx";
import { PaySheet } from "./pay-sheet.tsx";
import { PhotoViewer } from "./photo-viewer.tsx";
import { Troubles } from "./troubles.tsx";

export interface ChatPanelProps {
  readonly state: StudioState;
  readonly show: (text: string, trouble?: boolean) => void;
}

export function ChatPanel({ state, show }: ChatPanelProps) {
  const { room } = state;
  const [alert, setAlert] = useState<string>();
  const [paying, setPaying] = useState<ChatMessage>();
  const [opened, setOpened] = useState<{ message: ChatMessage; alt: string }>();

  const tell = async (asking: Promise<Answer<unknown>>): Promise<boolean> => {
    const answer = await asking;
    if (!answer.ok) show(answer.problem, true);
    return answer.ok;
  };
  const sending = useSending(tell);

  return (
    <main class="chat" aria-label="Chat">
      <DropZone disabled={room.blocked} onFiles={sending.files}>
        <ChatHeader
          room={room}
          onLanguage={(language) => void tell(speak(language))}
          onBlock={(blocked) => void tell(block(blocked))}
        />
        <Troubles state={state} />
        <ChatLog
          state={state}
          onOpen={(message, alt) => setOpened({ message, alt })}
          onCommand={(command) => void tell(say(command))}
          onToast={show}
          onAlert={setAlert}
          onPay={setPaying}
        />
        <Composer
          room={room}
          sending={sending}
          onSay={(text) => tell(say(text))}
          onUnblock={() => void tell(block(false))}
        />
      </DropZone>
      {alert !== undefined && (
        <Modal label={`${room.botName} says`} class="alert" onClose={() => setAlert(undefined)}>
          <h2>{room.botName}</h2>
          <p>{alert}</p>
          <button type="button" class="main" onClick={() => setAlert(undefined)}>
            OK
          </button>
        </Modal>
      )}
      {paying && <PaySheet message={paying} onToast={show} onAlert={setAlert} onClose={() => setPaying(undefined)} />}
      {opened?.message.photo && (
        <PhotoViewer
          photo={opened.message.photo}
          caption={opened.message}
          alt={opened.alt}
          onClose={() => setOpened(undefined)}
        />
      )}
    </main>
  );
}
