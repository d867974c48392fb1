/**
 * Port to the operating system's key store.
 *
 * Contract: what `seal` makes only this person on this machine can `open`; both throw when `available` is false, and
 * `open` throws for what it did not seal.
 */
export interface SecretBox {
  readonly available: boolean;
  seal(text: string): string;
  open(sealed: string): string;
}

export const noSecretBox: SecretBox = {
  available: false,
  seal: () => {
    throw new Error("There is no key store here.");
  },
  open: () => {
    throw new Error("The key was stored by the desktop app and can only be opened there. Enter it again.");
  },
};
