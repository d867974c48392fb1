// Pictures of the gallery: node renderer/testing/gallery/shoot.mjs <folder> [scene …]. Build the gallery first.
import { createReadStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const built = fileURLToPath(new URL("../../../dist/gallery", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'";

export async function serveGallery() {
  const answer = async (request, response) => {
    const path = join(built, new URL(request.url, "http://x").pathname);
    if (!(await stat(path).catch(() => null))) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": types[extname(path)] ?? "text/plain",
      "content-security-policy": policy,
    });
    createReadStream(path).pipe(response);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Opens a scene and fails on anything the page complains about, such as a violation of its policy. */
export async function openScene(browser, base, { page: kind, scene, theme, scale = 1, width, height }) {
  const context = await browser.newContext({
    viewport: {
      width: width ?? (kind === "popup" ? 520 : 1180),
      height: height ?? (kind === "popup" ? 420 : 760),
    },
    screen: { width: 1920, height: 1080 },
    deviceScaleFactor: scale,
    colorScheme: theme,
  });
  const page = await context.newPage();
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${base}${kind}.html?scene=${scene}`);
  await page.waitForTimeout(350);
  return { page, complaints, close: () => context.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, ...wanted] = process.argv.slice(2);
  await mkdir(folder, { recursive: true });
  const gallery = await serveGallery();
  const browser = await launch();
  const shots = wanted.map((each) => {
    const [kind, scene, theme = "light", scale = "1", width, height] = each.split(":");
    return {
      page: kind,
      scene,
      theme,
      scale: Number(scale),
      ...(width ? { width: Number(width) } : {}),
      ...(height ? { height: Number(height) } : {}),
    };
  });
  for (const shot of shots) {
    const { page, complaints, close } = await openScene(browser, gallery.url, shot);
    const name = `${shot.page}-${shot.scene}-${shot.theme}-${shot.scale}x.png`;
    await (shot.page === "popup" ? page.locator("#root > div").first() : page).screenshot({
      path: join(folder, name),
    });
    if (complaints.length > 0) process.stderr.write(`${name}: ${complaints.join("\n")}\n`);
    await close();
  }
  await browser.close();
  gallery.close();
}
