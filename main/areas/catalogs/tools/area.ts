import { defineModule } from "../../module.ts";
import type { SettingsService } from "../../settings/service.ts";
import { createCommandsCheck } from "./checks/commands.ts";
import { createWorkspaceCheck } from "./checks/workspace.ts";
import { createToolCatalog } from "./catalog.ts";
import { createLookAround } from "./coding/elsewhere.ts";
import { tools } from "./contract.ts";
import { openCatalog } from "./open-catalog.ts";
import { createToolRoutes } from "./routes.ts";
import { codingSettings } from "./settings/contract.ts";

export interface ToolPlaces {
  /** Where output goes that is too long to return. */
  readonly spoolDir: string;
  /** Gatehouse's own files and folders besides its settings: no tool gets at them. */
  readonly privatePlaces: readonly string[];
}

export const toolsArea = defineModule({
  contract: tools,
  create(_context, needs: { readonly settings: SettingsService; readonly toolPlaces: ToolPlaces }) {
    const { settings, toolPlaces } = needs;
    const service = openCatalog(
      createToolCatalog({
        settings: () => settings.section(codingSettings),
        spoolDir: toolPlaces.spoolDir,
        privatePlaces: [...toolPlaces.privatePlaces, settings.path],
      }),
      createLookAround(() => process.env),
    );
    return {
      service,
      routes: createToolRoutes(service),
      checks: [createWorkspaceCheck(settings), createCommandsCheck()],
      capabilities: ["tools"],
    };
  },
});
