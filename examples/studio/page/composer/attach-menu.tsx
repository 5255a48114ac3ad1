import { useRef } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { Menu } from "../menu.tsx";
import type { SendAs } from "../../protocol.ts";
import type { Sending } from "./use-sending.ts";

/** Opens the system's file dialog, for one of Telegram's two ways to send a picture. */
export function AttachMenu({ sending }: { sending: Sending }) {
  const input = useRef<HTMLInputElement>(null);
  const as = useRef<SendAs>("photo");
  const choose = (way: SendAs): void => {
    as.current = way;
    if (!input.current) return;
    input.current.accept = way === "photo" ? "image/*" : "";
    input.current.value = "";
    input.current.click();
  };
  return (
    <>
      <Menu label="Attach" side="above" look="round" content={<Icon name="attach" />}>
        {(close) => (
          <>
            <button type="button" class="item" onClick={() => (close(), choose("photo"))}>
              <Icon name="picture" /> Photos
            </button>
            <button type="button" class="item" onClick={() => (close(), choose("document"))}>
              <Icon name="file" /> Files
            </button>
          </>
        )}
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to send"
        onChange={({ currentTarget }) => sending.files([...(currentTarget.files ?? [])], as.current)}
      />
    </>
  );
}
