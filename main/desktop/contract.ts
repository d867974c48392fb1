import * as z from "zod";
import { defineArea } from "../contract/define.ts";
import { ImportState } from "../areas/sessions/contract.ts";
import { RunId, SessionId } from "../contract/ids.ts";

export const Theme = z.enum(["system", "light", "dark"]);
export type Theme = z.infer<typeof Theme>;

/** Which card the popup has, and whether the window is on screen. */
export const PopupView = z.object({
  card: z.string().nullable(),
  /** Settled elsewhere: the card says so and leaves. */
  isLeaving: z.boolean(),
  isShown: z.boolean(),
  /** Counts how often the person was shown something anew. */
  look: z.int(),
});
export type PopupView = z.infer<typeof PopupView>;

/** Two sizes of one width, so that the buttons stand still from card to card. */
export const PopupSize = z.enum(["low", "tall"]);
export type PopupSize = z.infer<typeof PopupSize>;

/** Whatever waits; each kind has ids of its own. */
const WaitingId = z.string().min(1).max(200);

/** What a page may ask of the desktop. Mounted on IPC only, never on HTTP. */
export const desktop = defineArea({
  name: "desktop",
  endpoints: {
    getDesktop: {
      method: "GET",
      path: "/desktop",
      summary: "Facts about the shell the page lives in.",
      pages: ["window", "popup"],
      scope: "read",
      input: z.object({}),
      output: z.object({
        platform: z.string(),
        /** The person's own home directory: what may be written as `~`. */
        homePath: z.string(),
        launchAtLogin: z.boolean(),
        launchAtLoginSupported: z.boolean(),
        firstRun: z.boolean(),
        theme: Theme,
      }),
    },
    setTheme: {
      method: "PUT",
      path: "/desktop/theme",
      summary: "Light, dark, or as the system, for every page at once.",
      pages: ["window"],
      scope: "configure",
      input: z.object({ theme: Theme }),
      output: z.object({ theme: Theme }),
    },
    setLaunchAtLogin: {
      method: "PUT",
      path: "/desktop/launch-at-login",
      summary: "Starts Gatehouse when the person logs in, or stops doing so.",
      pages: ["window"],
      scope: "configure",
      input: z.object({ enabled: z.boolean() }),
      output: z.object({ launchAtLogin: z.boolean() }),
    },
    openPath: {
      method: "POST",
      path: "/desktop/open-path",
      summary: "Shows a file or folder in the file manager; never opens or runs it.",
      pages: ["window", "popup"],
      scope: "read",
      input: z.object({ path: z.string().min(1).max(4096) }),
      output: z.object({}),
    },
    saveSession: {
      method: "POST",
      path: "/desktop/save-session",
      summary: "Asks where to save a session as a file, and does so. Null: the person did not want to.",
      pages: ["window"],
      scope: "read",
      input: z.object({ id: SessionId, format: z.enum(["json", "markdown"]) }),
      output: z.object({ path: z.string().nullable() }),
    },
    openSession: {
      method: "POST",
      path: "/desktop/open-session",
      summary:
        "Asks for a file that a session was saved as, and reads it. Nothing is kept before the import is finished.",
      pages: ["window"],
      scope: "write",
      input: z.object({}),
      output: z.object({ state: ImportState.nullable() }),
    },
    copyText: {
      method: "POST",
      path: "/desktop/copy",
      summary: "Puts text on the clipboard.",
      pages: ["window", "popup"],
      scope: "read",
      input: z.object({ text: z.string().max(16 * 1024 * 1024) }),
      output: z.object({}),
    },
    saveText: {
      method: "POST",
      path: "/desktop/save",
      summary: "Writes text into a file that the person chooses.",
      pages: ["window"],
      scope: "read",
      input: z.object({ name: z.string().regex(/^[a-z0-9-]{1,60}\.[a-z]{1,8}$/), text: z.string() }),
      output: z.object({ path: z.string().nullable().describe("Null: the person chose none.") }),
    },
    openText: {
      method: "POST",
      path: "/desktop/open",
      summary: "Reads a text file that the person chooses.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({ text: z.string().nullable().describe("Null: the person chose none.") }),
    },
    copyToken: {
      method: "POST",
      path: "/desktop/copy-token",
      summary: "Puts the API token on the clipboard without handing it to the page.",
      pages: ["window"],
      scope: "admin",
      input: z.object({}),
      output: z.object({}),
    },
    finishFirstRun: {
      method: "POST",
      path: "/desktop/first-run",
      summary: "Does not show the first-run page by itself again.",
      pages: ["window"],
      scope: "configure",
      input: z.object({}),
      output: z.object({}),
    },
    showWindow: {
      method: "POST",
      path: "/desktop/window",
      summary: "Opens the window, at a run or at something that waits if one is named.",
      pages: ["popup"],
      scope: "follow",
      input: z.object({ runId: RunId.optional(), waitingId: WaitingId.optional() }),
      output: z.object({}),
    },
    tellLooking: {
      method: "PUT",
      path: "/desktop/looking",
      summary: "Whether the window shows all that waits, so that whoever looks at it needs no popup.",
      pages: ["window"],
      scope: "follow",
      input: z.object({ atInbox: z.boolean() }),
      output: z.object({}),
    },
    resizePopup: {
      method: "POST",
      path: "/desktop/popup/size",
      summary: "How much room the popup's card needs.",
      pages: ["popup"],
      scope: "follow",
      input: z.object({ size: PopupSize }),
      output: z.object({}),
    },
    getPopup: {
      method: "GET",
      path: "/desktop/popup",
      summary: "Which card the popup is to show.",
      pages: ["popup"],
      scope: "follow",
      input: z.object({}),
      output: PopupView,
    },
    turnPopup: {
      method: "PUT",
      path: "/desktop/popup/card",
      summary: "Shows the card of something else that waits.",
      pages: ["popup"],
      scope: "follow",
      input: z.object({ id: WaitingId }),
      output: z.object({}),
    },
    popupPainted: {
      method: "POST",
      path: "/desktop/popup/painted",
      summary: "This card is painted.",
      pages: ["popup"],
      scope: "follow",
      input: z.object({ id: WaitingId }),
      output: z.object({}),
    },
    laterPopup: {
      method: "POST",
      path: "/desktop/popup/later",
      summary: "Turns to what else waits, or puts the popup away. Decides nothing.",
      pages: ["popup"],
      scope: "follow",
      input: z.object({ id: WaitingId }),
      output: z.object({}),
    },
    closePopup: {
      method: "DELETE",
      path: "/desktop/popup",
      summary: "Puts the popup away. Decides nothing.",
      pages: ["popup"],
      scope: "follow",
      input: z.object({}),
      output: z.object({}),
    },
  },
  events: {
    /** The popup's card has changed. */
    card: PopupView,
    /** The window: where to go; all null leaves it where it is. */
    show: z.object({
      waitingId: WaitingId.nullable(),
      runId: RunId.nullable(),
      place: z.enum(["inbox", "new_run", "diagnostics"]).nullable(),
    }),
  },
  errors: { path_refused: 403, file_refused: 422 },
});
