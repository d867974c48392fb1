import type { desktop } from "../../main/desktop/contract.ts";
import { client } from "./client.ts";

/** What only the window may ask of the desktop, and what both pages may. */
export const windowDesktopCalls = client<typeof desktop, "window">("desktop");
