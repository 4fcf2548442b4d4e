// Stands in for engine.io-client: the portal speaks over a WebSocket alone, so what would send requests instead of it
// is not sent to browsers. The rest is the library's own.
import { Socket } from "../node_modules/engine.io-client/build/esm/socket.js";

export { Socket };
export { installTimerFunctions } from "../node_modules/engine.io-client/build/esm/util.js";
export { nextTick } from "../node_modules/engine.io-client/build/esm/globals.js";
export { parse } from "../node_modules/engine.io-client/build/esm/contrib/parseuri.js";
export { WS as WebSocket } from "../node_modules/engine.io-client/build/esm/transports/websocket.js";

const absent = undefined;
export { absent as Fetch, absent as NodeXHR, absent as XHR, absent as NodeWebSocket, absent as WebTransport };
