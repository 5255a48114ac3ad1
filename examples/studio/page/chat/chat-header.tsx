import { Icon } from "../icon.tsx";
import { Menu } from "../menu.tsx";
import { languages, type ChatRoom, type Language } from "../../protocol.ts";

/** By Telegram's names: https://core.telegram.org/bots/api#sendchataction */
const words: Readonly<Record<string, string>> = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  upload_video: "sending a video",
  record_voice: "recording",
};

const actionWords = (action: string): string => words[action] ?? "busy";

export interface ChatHeaderProps {
  readonly room: ChatRoom;
  readonly onLanguage: (language: Language) => void;
  readonly onBlock: (blocked: boolean) => void;
}

export const ChatHeader = ({ room, onLanguage, onBlock }: ChatHeaderProps) => (
  <header class="chat-head">
    <span class="face" aria-hidden="true">
      {room.botName.slice(0, 1)}
    </span>
    <div class="who">
      <h2>{room.botName}</h2>
      <p class={room.action ? "doing" : "quiet"}>
        {room.action ? `${actionWords(room.action)} …` : "bot · nothing leaves this machine"}
      </p>
    </div>
    <Menu label="You and this chat" side="below" look="round" content={<Icon name="more" />}>
      {(close) => (
        <>
          <fieldset>
            <legend>Your language in Telegram</legend>
            {Object.entries(languages).map(([code, name]) => (
              <label key={code}>
                <input
                  type="radio"
                  name="language"
                  checked={room.language === code}
                  onChange={() => onLanguage(code as Language)}
                />
                {name}
              </label>
            ))}
          </fieldset>
          <button
            type="button"
            class="item"
            onClick={() => {
              close();
              onBlock(!room.blocked);
            }}
          >
            {room.blocked ? "Unblock the bot" : "Block the bot"}
          </button>
        </>
      )}
    </Menu>
  </header>
);
