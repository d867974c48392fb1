import type { EventStream } from "../event-stream.ts";

/** A client that is further behind than this is let go; it comes back and asks for what it missed. */
const MAX_BACKLOG = 4 * 1024 * 1024;

/** Frames wait here while the client does not read. */
export function createFrameQueue(tooSlow: () => void) {
  let stream: EventStream | null = null;
  let isBlocked = true;
  let waiting: string[] = [];
  let size = 0;

  const write = (frames: string): boolean => {
    isBlocked = stream?.write(frames) !== true;
    return !isBlocked;
  };

  return {
    attach(opened: EventStream) {
      stream = opened;
    },
    /** Takes the frame in any case; false when the client does not keep up. */
    push(frame: string): boolean {
      if (!isBlocked) return write(frame);
      waiting.push(frame);
      size += frame.length;
      if (stream !== null && size > MAX_BACKLOG) tooSlow();
      return false;
    },
    /** The client reads again: true when it can take more than what was waiting. */
    flush(): boolean {
      isBlocked = false;
      if (waiting.length === 0) return true;
      const frames = waiting.join("");
      waiting = [];
      size = 0;
      return write(frames);
    },
  };
}
