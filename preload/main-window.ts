import { exposeBridge } from "./bridge.ts";

exposeBridge("window");
