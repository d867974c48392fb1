import { defineModule } from "../module.ts";
import { notifications } from "./contract.ts";

/** The desktop tells people; a daemon without one still knows how much a person wants to be told. */
export const notificationsArea = defineModule({
  contract: notifications,
  create: () => ({ service: null, routes: {} }),
});
