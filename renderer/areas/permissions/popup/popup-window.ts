import { useEffect, type RefObject } from "react";
import type { PermissionId } from "../../../../main/contract/ids.ts";
import { api } from "../../../client/api.ts";

const least = 80;
const most = 4000;

/** Keeps the popup's window as high as its content. */
export function useWindowHeight(content: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = content.current;
    if (element === null) return;
    let last = 0;
    const observer = new ResizeObserver(() => {
      const height = Math.min(most, Math.max(least, Math.ceil(element.getBoundingClientRect().height)));
      if (height === last) return;
      last = height;
      void api.desktop.resizePopup({ height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [content]);
}

const paintAtTheLatestMs = 100;

/** Tells the main process that this card has been painted. A hidden window paints no frames, so time is enough too. */
export function usePainted(id: PermissionId | null): void {
  useEffect(() => {
    if (id === null) return;
    let isDone = false;
    const tell = () => {
      if (isDone) return;
      isDone = true;
      void api.desktop.popupPainted({ id });
    };
    requestAnimationFrame(() => requestAnimationFrame(tell));
    const timer = setTimeout(tell, paintAtTheLatestMs);
    return () => {
      isDone = true;
      clearTimeout(timer);
    };
  }, [id]);
}
