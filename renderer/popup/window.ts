import { useEffect, useState, type RefObject } from "react";
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

/** Tells the main process that this card has been painted, whereupon it shows the window. True once that is so. */
export function usePainted(id: string | null): boolean {
  const [painted, setPainted] = useState<string | null>(null);
  useEffect(() => {
    if (id === null) return;
    let isOver = false;
    const tell = () => {
      if (isOver) return;
      setPainted(id);
      void popupCalls.popupPainted({ id });
    };
    requestAnimationFrame(() => requestAnimationFrame(tell));
    return () => {
      isOver = true;
    };
  }, [id]);
  return id !== null && painted === id;
}
