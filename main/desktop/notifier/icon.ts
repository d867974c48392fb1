import { nativeImage } from "electron";
import type { NoticeIcon } from "./freedesktop.ts";

const SIZE = 64;
const BYTES_PER_PIXEL = 4;

export function noticeIcon(path: string): NoticeIcon | null {
  const image = nativeImage.createFromPath(path);
  if (image.isEmpty()) return null;
  const pixels = image.resize({ width: SIZE, height: SIZE, quality: "best" }).toBitmap({ scaleFactor: 1 });
  for (let at = 0; at < pixels.length; at += BYTES_PER_PIXEL) {
    const blue = pixels.readUInt8(at);
    pixels.writeUInt8(pixels.readUInt8(at + 2), at);
    pixels.writeUInt8(blue, at + 2);
  }
  return { width: SIZE, height: SIZE, pixels };
}
