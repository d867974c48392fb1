import { safeStorage } from "electron";
import type { SecretBox } from "../areas/settings/secret-box.ts";

/** Without a keyring Chromium scrambles with a key that everybody knows; that is no key store. */
function hasRealKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== "linux") return true;
  return !["basic_text", "unknown"].includes(safeStorage.getSelectedStorageBackend());
}

/** Contract: once the app is ready. */
export function createKeychain(): SecretBox {
  let isReal: boolean | null = null;
  return {
    get available() {
      isReal ??= hasRealKeyStore();
      return isReal;
    },
    seal: (text) => safeStorage.encryptString(text).toString("base64"),
    open: (sealed) => safeStorage.decryptString(Buffer.from(sealed, "base64")),
  };
}
