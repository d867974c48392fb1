import { useEffect, useState, type RefObject } from "react";
import type { PermissionId } from "../../main/contract/ids.ts";
import { popupCalls } from "./calls.ts";

const least = 80;
const most = 4000;

/** Keeps the popup's window as large as its content. */
export function useWindowSize(content: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = content.current;
    if (element === null) return;
    let last = "";
    const observer = new ResizeObserver(() => {
      const box = element.getBoundingClientRect();
      const height = Math.min(most, Math.max(least, Math.ceil(box.height)));
      const width = Math.round(box.width);
      if (`${width} ${height}` === last) return;
      last = `${width} ${height}`;
      void popupCalls.resizePopup({ height, width });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [content]);
}

const paintAtTheLatestMs = 100;

/**
 * Tells the main process that this card has been painted, whereupon it shows the window. True once that is so.
 * A hidden window may paint no frames, so time is enough too.
 */
export function usePainted(id: PermissionId | null): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (id === null) return;
    let isDone = false;
    const tell = () => {
      if (isDone) return;
      isDone = true;
      popupCalls.popupPainted({ id }).then(
        () => setShown(true),
        () => setShown(true),
      );
    };
    requestAnimationFrame(() => requestAnimationFrame(tell));
    const timer = setTimeout(tell, paintAtTheLatestMs);
    return () => {
      isDone = true;
      clearTimeout(timer);
    };
  }, [id]);
  return isShown;
}
