// In place of engine.io's long polling: Reflex connects by websocket only.
export const XHR = undefined;
