import { app, type Session, type WebContents } from "electron";
import { APP_SCHEME } from "./address.ts";
import { offerLink } from "./links.ts";

/** Pages get no device, no permission, no network: everything they may have comes over the bridge. */
export function secureSession(session: Session, isDevelopment: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  const ours = [`${APP_SCHEME}:`, "data:", ...(isDevelopment ? ["devtools:", "chrome-extension:"] : [])];
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !ours.some((protocol) => details.url.startsWith(protocol)) });
  });
  session.on("will-download", (event) => event.preventDefault());
}

/** Every page stays where it is, and none opens another. */
export function secureContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => event.preventDefault());
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      void offerLink(contents, url);
      return { action: "deny" };
    });
  });
}

export const pagePreferences = (
  preload: string,
  allowedCalls: readonly string[],
  isDevelopment: boolean,
) => ({
  preload,
  additionalArguments: [`--gatehouse-calls=${allowedCalls.join(",")}`],
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  // It would fetch dictionaries from the network.
  spellcheck: false,
  devTools: isDevelopment,
});

export function isAlive(contents: WebContents): boolean {
  return !contents.isDestroyed() && !contents.isCrashed();
}
