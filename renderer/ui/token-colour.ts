/** A token as a plain colour, for canvases, which know no variables. Ask again when the theme changes. */
export function tokenColour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
