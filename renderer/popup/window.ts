import { useEffect, useState } from "react";
import type { PopupSize } from "../../main/desktop/contract.ts";
import { popupCalls } from "./calls.ts";

/** Whether the pointer is in the popup. Nothing may move under it then. */
export function usePointerInside(isShown: boolean): boolean {
  const [isInside, setInside] = useState(false);
  useEffect(() => {
    const enter = () => setInside(true);
    const leave = () => setInside(false);
    const root = document.documentElement;
    root.addEventListener("pointerenter", enter);
    root.addEventListener("pointermove", enter);
    root.addEventListener("pointerleave", leave);
    return () => {
      root.removeEventListener("pointerenter", enter);
      root.removeEventListener("pointermove", enter);
      root.removeEventListener("pointerleave", leave);
    };
  }, []);
  useEffect(() => {
    // It was hidden with the pointer in it, and nothing tells of leaving then.
    if (!isShown) setInside(false);
  }, [isShown]);
  return isInside && isShown;
}

/** Asks for the size a card likes. As long as the pointer is in the popup it stays as it is. */
export function usePopupSize(wanted: PopupSize | null, isInside: boolean): void {
  useEffect(() => {
    if (wanted !== null && !isInside) void popupCalls.resizePopup({ size: wanted });
  }, [wanted, isInside]);
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
