import { createContext, useContext } from "react";

/** Where menus and tooltips are put: inside the open dialog, because nothing outside it can be seen above it. */
export const PortalContext = createContext<HTMLElement | null>(null);
export const usePortal = () => useContext(PortalContext);
