import { AppError } from "../contract/errors.ts";
import type { PermissionId } from "../contract/ids.ts";
import { personAt } from "../contract/principal.ts";
import type { Log } from "../kernel/log.ts";
import type { DesktopDaemon } from "./daemon.ts";

/** Answers given outside a page: in the tray's menu or on a notification. */
export type Answer = (id: PermissionId, decision: "allow" | "deny", from: "tray" | "notification") => void;

/** `failed` shows the request, so that an answer that did not count is seen not to have counted. */
export function createAnswers(
  permissions: DesktopDaemon["routes"]["permissions"],
  log: Log,
  failed: (id: PermissionId) => void,
): Answer {
  const answer = async (id: PermissionId, decision: "allow" | "deny", from: "tray" | "notification") => {
    try {
      await permissions.decide({ id, decision, scope: "once" }, personAt(from));
    } catch (error) {
      log.warn({ err: error, permissionId: id, decision, from }, "an answer did not count");
      const isLate = error instanceof AppError && error.code === "permissions.already_settled";
      if (!isLate) failed(id);
    }
  };
  return (id, decision, from) => void answer(id, decision, from);
}
