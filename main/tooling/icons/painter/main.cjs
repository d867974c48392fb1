// Runs in Electron: reads a list of { svg, size } from a file and writes the list of PNGs, base64, to another.
const { readFileSync, writeFileSync } = require("node:fs");
const { app, BrowserWindow } = require("electron");

const paint = `async (images) => Promise.all(images.map(async ({ svg, size }) => {
  const image = new Image(size, size);
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  canvas.getContext("2d").drawImage(image, 0, 0, size, size);
  return canvas.toDataURL("image/png").split(",")[1];
}))`;

void app.whenReady().then(async () => {
  const images = String(readFileSync(process.env.ICONS_TO_PAINT));
  const window = new BrowserWindow({ show: false });
  await window.loadURL("data:text/html,");
  const painted = await window.webContents.executeJavaScript(`(${paint})(${images})`);
  writeFileSync(process.env.ICONS_PAINTED, JSON.stringify(painted));
  app.exit(0);
});
