import { useState } from "preact/hooks";
import { Icon } from "../icon.tsx";
import type { ChatRoom } from "../../protocol.ts";
import { AttachMenu } from "./attach-menu.tsx";
import { CommandsMenu } from "./commands-menu.tsx";
import type { Sending } from "./use-sending.ts";

export interface ComposerProps {
  readonly room: ChatRoom;
  readonly sending: Sending;
  /** Whether the text was sent; otherwise it stays in the field. */
  readonly onSay: (text: string) => Promise<boolean>;
  readonly onUnblock: () => void;
}

export function Composer({ room, sending, onSay, onUnblock }: ComposerProps) {
  if (room.blocked)
    return (
      <div class="composer">
        <div class="blocked" key="blocked">
          <p>You blocked the bot. It cannot write to you.</p>
          <button type="button" class="main" onClick={onUnblock}>
            Unblock
          </button>
        </div>
      </div>
    );
  return (
    <div class="composer">
      <div class="chips" key="chips">
        <CommandsMenu commands={room.commands} onCommand={(command) => void onSay(command)} />
        <button type="button" class="chip" aria-disabled={sending.progress !== undefined} onClick={sending.sampleAlbum}>
          <Icon name="album" /> Send a sample album
        </button>
        <p class="progress" role="status">
          {sending.progress}
        </p>
      </div>
      <div class="field" key="field">
        <AttachMenu sending={sending} />
        <TextField onSay={onSay} onPaste={sending.files} />
      </div>
    </div>
  );
}

interface TextFieldProps {
  readonly onSay: ComposerProps["onSay"];
  readonly onPaste: Sending["files"];
}

function TextField({ onSay, onPaste }: TextFieldProps) {
  const [text, setText] = useState("");

  const send = async (): Promise<void> => {
    if (text.trim() === "") return;
    setText("");
    if (!(await onSay(text.trim()))) setText((typed) => typed || text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    onPaste(files, "photo");
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={1}
        maxLength={4096}
        placeholder="Message"
        aria-label="Message"
        aria-description="Enter sends, Shift and Enter begins a new line. Pictures can be pasted."
        dir="auto"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={paste}
      />
      <button type="submit" class="round send" aria-label="Send" disabled={text.trim() === ""}>
        <Icon name="send" />
      </button>
    </form>
  );
}
