import { createContext, useContext } from "react";

/** What these parts need from around the page. Failures are errors whose message is for people. */
export interface Surroundings {
  /** The person's own folder, which may be written as `~`; "" until it is known. */
  readonly homePath: string;
  readonly copyText: (text: string) => Promise<void>;
  /** Shows a path in the file manager. */
  readonly showPath: (path: string) => Promise<void>;
  /** Resolves when whoever passes presses on to this page has passed on what was pressed before. */
  readonly hearPresses: () => Promise<void>;
}

const refuse = () => Promise.reject(new Error("Nothing is around this page."));

export const SurroundingsContext = createContext<Surroundings>({
  homePath: "",
  copyText: refuse,
  showPath: refuse,
  hearPresses: refuse,
});

export const useSurroundings = () => useContext(SurroundingsContext);
