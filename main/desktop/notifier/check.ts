import type { Check } from "../../kernel/check.ts";
import { notificationService } from "./freedesktop.ts";
import { connectSessionBus } from "./session-bus.ts";
import { sessionBusAddress } from "./session-bus-address.ts";

/** Whether notifications can appear, and with buttons, on a desktop where that is not a matter of course. */
export function createNotificationCheck(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): Check {
  const fix =
    "Start the notification service of your desktop. Until then the popup and the tray still ask you.";
  return {
    name: "notifications",
    title: "Notifications",
    async run() {
      if (platform !== "linux") return { state: "ok", message: "The system shows them.", fix: null };
      const address = sessionBusAddress(environment);
      if (address === null) return { state: "warning", message: "There is no session bus.", fix };
      try {
        const bus = await connectSessionBus(address, () => undefined);
        try {
          const [name] = await bus.call(notificationService, "GetServerInformation", "", []);
          const [capabilities] = await bus.call(notificationService, "GetCapabilities", "", []);
          const buttons =
            Array.isArray(capabilities) && capabilities.includes("actions") ? "with" : "without";
          return { state: "ok", message: `${String(name)} shows them, ${buttons} buttons.`, fix: null };
        } finally {
          bus.close();
        }
      } catch {
        return { state: "warning", message: "No notification service answers.", fix };
      }
    },
  };
}
