/** The address to open, or null for anything but a plain https link. */
export function openableLink(url: string): URL | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isPlain = parsed?.protocol === "https:" && parsed.username === "" && parsed.password === "";
  return isPlain ? parsed : null;
}
