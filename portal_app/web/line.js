/* The line to the server, opened while the scripts of the page are still on their way, and asked for the next page
   while this one still gives way. The build puts this before boot.js and fills in BUILD, what a page says: the names
   of its events, its states, its routes. What the server answers is held until the page has said the same; if it says
   something else first, that goes out as it is: a page that begins calls again, a page that was left asks again. */
((build) => {
  "use strict";
  const UNCLAIMED = 30000; // milliseconds until a line is given up that no page has taken
  const UNFOLLOWED = 10000; // and until one is begun anew whose server believes in a page that never came
  let taken = false;
  let speaks = false;
  let line = null;
  let said = "";
  let waiting = 0;
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

  /** Where a page says that it is: `at` is an address; empty for a page that does not exist. */
  function place({ pathname, search, hash }) {
    const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
    const found = build.routes.reduce((known, route) => known || values(route, parts), null);
    if (!found) return "";
    const query = { ...Object.fromEntries(new URLSearchParams(search)), ...found };
    const said = { pathname, asPath: pathname + search + hash };
    return Object.keys(query).length ? { ...said, query } : said;
  }

  /** The first packet of a page that is opened, word for word, and the one of a page that is turned to. */
  const opening = (at) =>
    `40/_event,${JSON.stringify({ event: { name: build.open, payload: { hashes: build.hashes }, router_data: at }, state_schema: build.schema })}`;
  const turning = (at) => `42/_event,${JSON.stringify(["event", { name: build.turn, router_data: at }])}`;

  const deliver = (data) => line.onmessage(new MessageEvent("message", { data }));

  function hold(event) {
    if (speaks && !said) return; // the page hears for itself
    if (taken && !speaks && event.data[0] === "0") return; // the handshake is for whoever has the line
    event.stopImmediatePropagation();
    held.push(event.data);
  }

  /** Say on the page's behalf what it is about to say. */
  function foresay(packet) {
    WebSocket.prototype.send.call(line, packet);
    said = packet;
  }

  /** The page speaks: what was said for it is not said twice, and it hears what was held. */
  function speak(packet) {
    const known = said;
    said = "";
    clearTimeout(waiting);
    if (!speaks && known && packet !== known) return line.close(); // nobody can open a page twice
    speaks = true;
    if (packet !== known) WebSocket.prototype.send.call(line, packet);
    if (held.length) queueMicrotask(() => held.splice(0).forEach(deliver));
  }

  /** Give the line to the page: it believes that it has called, and that it speaks first. */
  function take() {
    taken = true;
    if (line.readyState !== WebSocket.OPEN) return line;
    queueMicrotask(() => {
      line.onopen();
      if (held.length) deliver(held.shift());
    });
    return line;
  }

  /** Listen to a line before anybody else does. */
  function attend(opened) {
    line = opened;
    said = "";
    held.length = 0;
    line.addEventListener("message", hold);
    line.send = speak;
    return line;
  }

  function call() {
    const native = WebSocket;
    const address = `${location.origin.replace(/^http/, "ws")}/_event/?token=${tab()}&EIO=4&transport=websocket`;
    const at = place(location);
    attend(new native(address, [build.version])).addEventListener("open", () => {
      if (!taken && at) foresay(opening(at));
    });
    setTimeout(() => taken || line.close(), UNCLAIMED);
    window.WebSocket = new Proxy(native, {
      construct(made, given) {
        if (given[0] !== address) return Reflect.construct(made, given);
        if (!taken && line.readyState <= native.OPEN) return take();
        taken = speaks = true;
        return attend(Reflect.construct(made, given));
      },
    });
  }

  /** A link that the router follows: ask at once, not after the page has given way. */
  function follow({ defaultPrevented, target }) {
    const link = defaultPrevented && target.closest?.("a[data-discover]");
    if (!link || !speaks || said || line.readyState !== WebSocket.OPEN || link.origin !== location.origin) return;
    const at = link.hash ? "" : place(link); // a place on the same page is nothing to ask for
    if (!at) return;
    foresay(turning(at));
    waiting = setTimeout(() => line.close(), UNFOLLOWED);
  }

  if (document.visibilityState === "hidden") return;
  try {
    call();
    addEventListener("click", follow);
  } catch { /* no storage, or an address that cannot be read: the page calls by itself */ }
})(BUILD);
