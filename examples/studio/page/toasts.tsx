import { useCallback, useRef, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly trouble: boolean;
}

/** Long enough to read 200 characters, Telegram's limit; longer texts stay longer. */
const shownMilliseconds = 8_000;
const millisecondsPerCharacter = 40;

export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback((text: string, trouble = false) => {
    const id = ++count.current;
    setToasts((all) => [...all.slice(-2), { id, text, trouble }]);
    setTimeout(() => dismiss(id), Math.max(shownMilliseconds, text.length * millisecondsPerCharacter));
  }, []);
  return { toasts, show, dismiss };
}

/** Two live regions, because an error should interrupt a screen reader, and an answer should not. */
export const Toasts = ({ toasts, dismiss }: { toasts: readonly Toast[]; dismiss: (id: number) => void }) => (
  <div class="toasts">
    {(["status", "alert"] as const).map((role) => (
      <div key={role} role={role}>
        {toasts
          .filter(({ trouble }) => trouble === (role === "alert"))
          .map(({ id, text, trouble }) => (
            <div key={id} class={trouble ? "toast trouble" : "toast"}>
              <p>{text}</p>
              <button type="button" class="round" aria-label="Dismiss" onClick={() => dismiss(id)}>
                <Icon name="close" />
              </button>
            </div>
          ))}
      </div>
    ))}
  </div>
);
