import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { SendAs } from "../../protocol.ts";

export interface DropZoneProps {
  readonly disabled: boolean;
  readonly onFiles: (files: readonly File[], as: SendAs) => void;
  readonly children: ComponentChildren;
}

const targets = [
  { as: "photo", title: "Send as photos", about: "scaled and compressed, as Telegram does" },
  { as: "document", title: "Send as files", about: "exactly as they are" },
] as const satisfies readonly { as: SendAs; title: string; about: string }[];

/** Files may be dropped anywhere on the chat; the half on which they are dropped decides how they are sent. */
export function DropZone({ disabled, onFiles, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  // The enter event of a child comes before the leave event of its parent, so the number of both is counted.
  const depth = useRef(0);

  const move = (event: DragEvent, change: number): void => {
    if (disabled || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + change);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent, as: SendAs): void => {
    event.preventDefault();
    event.stopPropagation();
    depth.current = 0;
    setOver(false);
    if (!disabled) onFiles([...(event.dataTransfer?.files ?? [])], as);
  };

  return (
    <div
      class="drop-area"
      onDragEnter={(event) => move(event, 1)}
      onDragLeave={(event) => move(event, -1)}
      onDragOver={(event) => move(event, 0)}
      onDrop={(event) => drop(event, "photo")}
    >
      {children}
      {over && (
        <div class="drop-zones">
          {targets.map(({ as, title, about }) => (
            <div key={as} class="drop-zone" onDrop={(event) => drop(event, as)}>
              <strong>{title}</strong>
              <span>{about}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
