import type { SessionId } from "../../../main/contract/ids.ts";
import { go } from "../../page/navigation.ts";

/** Opens a session at one of its messages, from anywhere in the window. */
export const openMessage = (session: SessionId, index: number) => go("sessions", session, String(index));
