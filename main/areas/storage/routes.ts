import type { Routes } from "../../contract/define.ts";
import type { storage } from "./contract.ts";
import type { StorageService } from "./service.ts";

export function createStorageRoutes(service: StorageService): Routes<typeof storage> {
  return {
    getStorage: () => service.status(),
    makeBackup: () => service.makeBackup(),
    restoreBackup: ({ name }, principal) => service.restore(name, principal),
    dismissIncident: () => service.dismissIncident(),
  };
}
