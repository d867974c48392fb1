import type { recall } from "../../../main/areas/recall/contract.ts";
import { client } from "../../client/client.ts";

export const calls = client<typeof recall, "window">("recall");
