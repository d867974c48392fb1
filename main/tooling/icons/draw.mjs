// Draws every picture in resources/ from mark.mjs: `node main/tooling/icons/draw.mjs`. Chromium does the painting.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sandboxFlags } from "../setup/app.mjs";
import { electronRuntime } from "../setup/electron-runtime.mjs";
import { root } from "../setup/places.mjs";
import { captureOrFail } from "../setup/run.mjs";
import { needsVirtualDesktop, withVirtualDesktop } from "../setup/virtual-desktop.mjs";
import { icns, ico } from "./containers.mjs";
import { appSvg, templateSvg, traySvg } from "./mark.mjs";

const resources = join(root, "resources");
const bars = {
  "dark-bar": {
    line: "#f2f3f5",
    wait: "#f0b840",
    onWait: "#1c1500",
    trouble: "#ff8a80",
    onTrouble: "#2b0500",
  },
  "light-bar": {
    line: "#2b2e33",
    wait: "#a86a00",
    onWait: "#ffffff",
    trouble: "#b3261e",
    onTrouble: "#ffffff",
  },
};
const traySizes = [16, 22];
const scales = [1, 2];
const counts = { 1: "1", 2: "2", 3: "3", 4: "4", 5: "5", 6: "6", 7: "7", 8: "8", 9: "9", many: "9+" };
const appSizes = [16, 32, 48, 64, 128, 256, 512, 1024];

const suffix = (scale) => (scale === 1 ? "" : `@${scale}x`);

function trayPictures() {
  const states = [
    ...["idle", "working", "trouble"].map((state) => ({ name: state, state, text: "" })),
    ...Object.entries(counts).map(([count, text]) => ({
      name: `needs-you-${count}`,
      state: "needs-you",
      text,
    })),
  ];
  return Object.entries(bars).flatMap(([bar, colours]) =>
    traySizes.flatMap((base) =>
      scales.flatMap((scale) =>
        states.map(({ name, state, text }) => ({
          file: `tray/${bar}/${name}-${base}${suffix(scale)}.png`,
          size: base * scale,
          svg: traySvg(base * scale, state, colours, text),
        })),
      ),
    ),
  );
}

function templatePictures() {
  return ["idle", "working", "needs-you", "trouble"].flatMap((state) =>
    scales.map((scale) => ({
      file: `tray/mac/${state}-Template${suffix(scale)}.png`,
      size: 16 * scale,
      svg: templateSvg(16 * scale, state),
    })),
  );
}

const appPictures = () =>
  appSizes.map((size) => ({ file: `app/${size}x${size}.png`, size, svg: appSvg(size) }));

async function paint(pictures) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-icons-"));
  const env = {
    ...process.env,
    ICONS_TO_PAINT: join(folder, "in.json"),
    ICONS_PAINTED: join(folder, "out.json"),
  };
  try {
    writeFileSync(env.ICONS_TO_PAINT, JSON.stringify(pictures));
    const { executable } = await electronRuntime();
    const args = [...sandboxFlags(), join(root, "main/tooling/icons/painter"), `--user-data-dir=${folder}`];
    const run = (desktop) =>
      captureOrFail(executable, args, {
        env: { ...env, ...desktop },
        failure: "The icons could not be painted.",
      });
    await (needsVirtualDesktop() ? withVirtualDesktop(run) : run({}));
    return JSON.parse(readFileSync(env.ICONS_PAINTED, "utf8")).map((png) => Buffer.from(png, "base64"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(file, content) {
  const path = join(resources, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const trayFiles = [...trayPictures(), ...templatePictures()];
const painted = await paint([...trayFiles, ...appPictures]);
rmSync(join(resources, "tray"), { recursive: true, force: true });
trayFiles.forEach(({ file }, index) => write(file, painted[index]));

const app = appPictures.map(({ size }, index) => ({ size, png: painted[trayFiles.length + index] }));
write("icon.svg", appSvg(512));
write("icon.png", app.find(({ size }) => size === 512).png);
write("icon.ico", ico(app.filter(({ size }) => size <= 256)));
write("icon.icns", icns(app.filter(({ size }) => size !== 48)));
