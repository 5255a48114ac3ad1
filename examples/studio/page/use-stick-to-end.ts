import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Closer than this to the end counts as at the end. */
const nearly = 48;

/**
 * Keeps the end of a growing list in view, unless the reader has scrolled away; then `unseen` counts the new entries.
 * `count` is the length of the list. While that is 0, what is there instead is shown from its beginning.
 */
export function useStickToEnd(box: RefObject<HTMLElement | null>, count: number) {
  const sticking = useRef(true);
  const filled = useRef(false);
  filled.current = count > 0;
  const [seen, setSeen] = useState(count);
  const [away, setAway] = useState(false);

  const toEnd = useCallback((behavior: ScrollBehavior = "instant") => {
    const element = box.current;
    if (!element) return;
    sticking.current = true;
    element.scrollTo({ top: element.scrollHeight, behavior });
  }, []);

  const follow = (): void => {
    if (sticking.current && filled.current) toEnd();
  };
  useLayoutEffect(follow);

  // Pictures that load late and a resized window move the end too.
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    const look = (): void => {
      const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
      sticking.current = !filled.current || rest < nearly;
      setAway(!sticking.current);
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);

  useEffect(() => {
    if (!away) setSeen(count);
  }, [away, count]);

  return { away, unseen: Math.max(0, count - seen), toEnd };
}
