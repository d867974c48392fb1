import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";

/** As near as this counts as being at the end. */
const nearPx = 32;

const distanceToEnd = (element: HTMLElement) =>
  element.scrollHeight - element.scrollTop - element.clientHeight;

/**
 * Keeps a growing view at its end while the reader is there, and alone as soon as they scroll up.
 * `startsAtEnd` is only looked at when the view appears.
 */
export function useFollowEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  startsAtEnd: boolean,
) {
  const isFollowing = useRef(startsAtEnd);
  const lastTop = useRef(0);
  const [isAway, setAway] = useState(false);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    isFollowing.current = true;
    element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
    setAway(false);
  }, [scroller]);

  /** Before something opens or closes under the reader's hand: it must stay where it is. */
  const hold = useCallback(() => {
    isFollowing.current = false;
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (element === null || inner === null) return;
    const onScroll = () => {
      const isNear = distanceToEnd(element) <= nearPx;
      if (element.scrollTop < lastTop.current - 1 && !isNear) isFollowing.current = false;
      else if (isNear && element.scrollTop > lastTop.current) isFollowing.current = true;
      lastTop.current = element.scrollTop;
      setAway(!isNear);
    };
    const observer = new ResizeObserver(() => {
      if (isFollowing.current) toEnd();
      else setAway(distanceToEnd(element) > nearPx);
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller, content, toEnd]);

  return { isAway, toEnd, hold };
}
