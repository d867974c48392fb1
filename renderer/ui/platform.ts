/** macOS shows ⌘ where others show Ctrl. */
export const isMac = typeof navigator !== "undefined" && navigator.userAgent.includes("Mac OS X");
