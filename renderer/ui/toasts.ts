import { create } from "zustand";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "neutral" | "allow" | "deny";
  readonly undo: (() => void) | null;
}

const shownMs = 6000;
const mostAtOnce = 4;
let lastId = 0;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Says what just happened; with `undo` it can be taken back while it is on screen. */
export function toast(
  text: string,
  options: { tone?: Toast["tone"]; undo?: () => void; forMs?: number } = {},
): void {
  lastId += 1;
  const id = lastId;
  const added: Toast = { id, text, tone: options.tone ?? "neutral", undo: options.undo ?? null };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, added].slice(-mostAtOnce) }));
  setTimeout(() => dismissToast(id), options.forMs ?? shownMs);
}
