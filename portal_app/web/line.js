/* The line to the server, opened while the scripts of the page are still on their way. The build puts this before
   boot.js and fills in BUILD, what the page would say first: the address of its event, its states, its routes.
   What the server answers is held until the page has said the same; if it says something else, it calls again. */
((build) => {
  "use strict";
  const UNCLAIMED = 30000; // milliseconds
  let taken = false;
  let line = null;
  let greeted = "";
  const held = [];

  /** The name of this tab, which outlives a reload: Reflex keeps it under the same key. */
  function tab() {
    const kept = sessionStorage.getItem("token");
    if (kept) return kept;
    const [a, b, c, d, e, f, g, h] = crypto.getRandomValues(new Uint16Array(8))
      .map((n, i) => (i === 3 ? (n & 0x0fff) | 0x4000 : i === 4 ? (n & 0x3fff) | 0x8000 : n));
    const hex = (...parts) => parts.map((n) => n.toString(16).padStart(4, "0")).join("");
    const made = [hex(a, b), hex(c), hex(d), hex(e), hex(f, g, h)].join("-");
    sessionStorage.setItem("token", made);
    return made;
  }

  /** The values in a path by their names, or nothing where the path is not of that route. */
  function values(route, parts) {
    const pairs = route.split("/").filter(Boolean).map((name, i) => [name, parts[i]]);
    const differs = ([name, part]) => (name[0] === ":" ? !part : name !== part);
    if (pairs.length !== parts.length || pairs.some(differs)) return null;
    return Object.fromEntries(pairs.filter(([name]) => name[0] === ":").map(([name, part]) => [name.slice(1), part]));
  }

  /** The first packet of the page that is opened here, word for word; empty for a page that does not exist. */
  function greeting() {
    const { pathname, search, hash } = location;
    const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
    const found = build.routes.reduce((known, route) => known || values(route, parts), null);
    if (!found) return "";
    const query = { ...Object.fromEntries(new URLSearchParams(search)), ...found };
    const place = { pathname, asPath: pathname + search + hash };
    if (Object.keys(query).length) place.query = query;
    const event = { name: build.event, payload: { hashes: build.hashes }, router_data: place };
    return `40/_event,${JSON.stringify({ event, state_schema: build.schema })}`;
  }

  const deliver = (data) => line.onmessage(new MessageEvent("message", { data }));

  function hold(event) {
    if (taken && event.data[0] === "0") return; // the handshake is for whoever has the line
    event.stopImmediatePropagation();
    held.push(event.data);
  }

  /** Give the line to the page: it believes that it has called, and that it speaks first. */
  function take() {
    taken = true;
    line.send = (packet) => {
      delete line.send;
      if (greeted && packet !== greeted) return line.close();
      line.removeEventListener("message", hold);
      if (!greeted) line.send(packet);
      queueMicrotask(() => held.splice(0).forEach(deliver));
    };
    if (line.readyState !== WebSocket.OPEN) return line;
    queueMicrotask(() => {
      line.onopen();
      if (held.length) deliver(held.shift());
    });
    return line;
  }

  function call() {
    const address = `${location.origin.replace(/^http/, "ws")}/_event/?token=${tab()}&EIO=4&transport=websocket`;
    const first = greeting();
    line = new WebSocket(address, [build.version]);
    line.addEventListener("message", hold);
    line.addEventListener("open", () => {
      if (taken || !first) return;
      line.send(first);
      greeted = first;
    });
    setTimeout(() => taken || line.close(), UNCLAIMED);
    window.WebSocket = new Proxy(WebSocket, {
      construct(native, given) {
        const ours = !taken && given[0] === address && line.readyState <= WebSocket.OPEN;
        return ours ? take() : Reflect.construct(native, given);
      },
    });
  }

  if (document.visibilityState === "hidden") return;
  try { call(); } catch { /* no storage, or an address that cannot be read: the page calls by itself */ }
})(BUILD);
