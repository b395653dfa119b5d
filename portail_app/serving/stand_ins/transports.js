// In place of engine.io's three transports: Reflex connects by websocket only.
import { WS } from "../node_modules/engine.io-client/build/esm/transports/websocket.js";

export const transports = { websocket: WS };
