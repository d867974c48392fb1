/** Opened by a key, something is worked by keys; a mouse must not leave the focus on what it did not point at. */
export function isWorkedByKeys(): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.matches(":focus-visible");
}
