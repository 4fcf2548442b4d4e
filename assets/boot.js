/* Everything the portal does in the browser outside React: a static file, so that the policy needs no inline script.
   It stands in <head> without defer and reads from top to bottom. The one name it leaves behind is window.portal. */
(() => {
  "use strict";
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const later = (ms, act) => setTimeout(act, ms);

  /** Make an element: make("p", {class: "m"}, "text", child). */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /* 1. Theme: a class on <html> before the first paint. "system" (or nothing) follows the device. */
  const device = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };

  function paint() {
    const choice = stored();
    const dark = choice === "dark" || (choice !== "light" && device.matches);
    root.classList.toggle("dark", dark);
    root.classList.toggle("light", !dark);
    root.style.colorScheme = dark ? "dark" : "light"; /* Reflex's provider sets it once only */
    root.dataset.theme = choice === "dark" || choice === "light" ? choice : "system";
  }

  function theme(value) {
    if (value === undefined) return stored() || "system";
    try { localStorage.setItem("theme", value); } catch { /* a private window: the choice lasts for this page */ }
    paint();
    return value;
  }

  paint();
  /* Reflex's own provider answers the same event with what it knew at start: have the last word. */
  device.addEventListener("change", () => later(0, paint));
  addEventListener("storage", (event) => event.key === "theme" && paint());

  /* A menu stands beside the button that opens it, where there is more room, and learns which theme is on. */
  addEventListener("beforetoggle", ({ target: menu, newState }) => {
    if (newState !== "open" || !menu.matches(".menu")) return;
    const at = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
    const below = innerHeight - at.bottom;
    const up = at.top > below;
    menu.style.top = up ? "" : `${at.bottom + 6}px`;
    menu.style.bottom = up ? `${innerHeight - at.top + 6}px` : "";
    menu.style.left = `${Math.max(12, Math.min(at.left, innerWidth - 252))}px`;
    menu.style.maxHeight = `${Math.max(at.top, below) - 18}px`;
    menu.querySelectorAll("[data-theme-choice]").forEach((item) => {
      item.setAttribute("aria-pressed", String(item.dataset.themeChoice === root.dataset.theme));
    });
  }, true);

  /* The arrow keys go through a menu, as the Tab key does. */
  addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".menu");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!menu || !step) return;
    const items = [...menu.querySelectorAll(".menu-i")];
    items.at((items.indexOf(event.target) + step) % items.length).focus();
    event.preventDefault();
  });

  /* 2. Same-page links. React Router would swallow them, so focus and scroll here, before it sees the click. */
  function land(target) {
    if (!target.matches("a[href],button,input,select,textarea,summary,[tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.matches("input,select,textarea") ? "center" : "start" });
  }

  function followHash(event, link) {
    const here = (path) => path.replace(/\/$/, "");
    if (!link.hash || link.host !== location.host || here(link.pathname) !== here(location.pathname)) return;
    const target = byId(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    land(target);
  }

  /* 3. Clicks that need no server: one listener, told apart by data attributes. */
  let pressed = null; // the last control pressed: Safari does not focus buttons, and a sheet must give focus back

  addEventListener("click", (event) => {
    const from = event.target instanceof Element ? event.target : null;
    if (!from) return;
    const control = from.closest("a,button");
    if (control && !control.closest("[role=dialog],[role=alertdialog],.menu")) pressed = control;
    const item = from.closest(".menu-i:not([type=submit])");
    if (item) later(0, () => item.closest(".menu").hidePopover());
    if (from.closest("[aria-busy=true]:is(button,a)")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const link = from.closest("a[href*='#']");
    if (link) followHash(event, link);
    const current = from.closest("[role=dialog] a[aria-current=page]");
    if (current) current.closest("[role=dialog]").querySelector("[data-close]")?.click();
    const chosen = from.closest("[data-theme-choice]");
    if (chosen) theme(chosen.dataset.themeChoice);
    const reveals = from.closest("[data-reveal]");
    if (reveals) reveal(reveals);
    const copies = from.closest("[data-copy]");
    if (copies) copy(copies.dataset.copy);
    if (from.closest("[data-print]")) print();
  }, true);

  function reveal(button, show) {
    const input = byId(button.dataset.reveal);
    if (!input) return;
    const open = show ?? input.type === "password";
    input.type = open ? "text" : "password";
    button.firstChild.data = open ? "Hide" : "Show";
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.", "good");
    } catch {
      toast("Your browser did not let us copy. Select the text and copy it yourself.", "warn");
    }
  }

  /* 4. Forms. A second press while the first is on its way does nothing; a shown password is hidden again
        before it is sent, so that the browser files it as a password; sign-out takes the other tabs along. */
  addEventListener("submit", (event) => {
    const form = event.target;
    const button = form.querySelector("button[type=submit]");
    if (form.dataset.sent || button?.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.querySelectorAll("[data-reveal]").forEach((shown) => reveal(shown, false));
    if (form.getAttribute("method") !== "post") return; // a form that React handles
    form.dataset.sent = "yes";
    button?.setAttribute("aria-busy", "true");
    if (new URL(form.action, location.href).pathname === "/auth/sign-out") channel?.postMessage("signed-out");
  }, true);

  addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // back from the browser's cache: the forms may be sent again
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelector("button[type=submit]")?.removeAttribute("aria-busy");
    });
  });

  addEventListener("input", (event) => {
    const limit = Number(event.target.dataset?.limit);
    const note = limit && byId(`${event.target.id}-left`);
    if (!note) return;
    const left = limit - event.target.value.length;
    note.classList.toggle("over", left < 0);
    note.textContent = left < 0 ? `${-left} characters too many` : `${left} characters left`;
  });

  /* 5. Page changes inside the app: the heading takes the focus if nothing else holds it. */
  let path = location.pathname;

  /** Say whether the focus is nowhere, or still on the link that led here. */
  function adrift(link) {
    const active = document.activeElement;
    const left = !active || active === document.body || !active.isConnected;
    return left || (active === link && active.matches("a[href]"));
  }

  function arrive() {
    if (location.pathname === path) return;
    path = location.pathname;
    scrollTo(0, 0);
    const before = document.querySelector("main h1");
    const words = before?.textContent;
    const link = document.activeElement;
    [60, 160, 350, 700, 1500, 3000].forEach((wait) => later(wait, () => {
      const heading = document.querySelector("main h1");
      const fresh = heading && (heading !== before || heading.textContent !== words || wait > 500);
      if (!fresh || location.pathname !== path || !adrift(link)) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }));
  }

  for (const name of ["pushState", "replaceState"]) {
    const native = history[name];
    history[name] = function (...values) {
      const result = native.apply(this, values);
      later(0, arrive);
      return result;
    };
  }
  addEventListener("popstate", () => later(0, arrive));

  /* 6. The bridge: commands that the server puts into the state (portal_app/components/bridge.py). */
  let seq = "";

  /** Run one command once: toast {text, level}, focus {id}, title {text}, assign {url}, copy {text}, reload. */
  function run(command) {
    toasts(); // the live region must stand before its first message
    if (!command?.seq || command.seq === seq) return;
    seq = command.seq;
    if (command.op === "toast") toast(command.text, command.level);
    else if (command.op === "focus") focus(command.id);
    else if (command.op === "title") document.title = command.text;
    else if (command.op === "assign") assign(command.url);
    else if (command.op === "reload") location.reload();
    else if (command.op === "copy") copy(command.text);
  }

  /* The element may only be drawn by the update that brought the command. */
  function focus(id, tries = 12) {
    const target = byId(id);
    if (target) requestAnimationFrame(() => land(target));
    else if (tries) later(50, () => focus(id, tries - 1));
    if (target?.matches(".errors")) nameErrors(target);
  }

  /** Say in the title that something is wrong, for as long as the summary of it stands. */
  function nameErrors(summary) {
    const words = document.title;
    if (words.startsWith("Error: ")) return;
    document.title = `Error: ${words}`;
    const watch = new MutationObserver(() => {
      if (summary.isConnected) return;
      watch.disconnect();
      if (document.title === `Error: ${words}`) document.title = words;
    });
    watch.observe(document.body, { childList: true, subtree: true });
  }

  function assign(url) {
    const to = new URL(url, location.href);
    if (/^https?:$/.test(to.protocol)) location.assign(to.href);
  }

  /* 7. Toasts: a polite live region, at least six seconds, held while touched, at most three. */
  let region = null;

  function toasts() {
    if (!region?.isConnected) {
      region = make("div", { class: "toasts", role: "status", "aria-live": "polite", "aria-label": "Messages" });
      region.addEventListener("pointerdown", (event) => event.stopPropagation()); // not "outside" of an open sheet
      document.body.append(region);
    }
    return region;
  }

  function toast(text, level = "info") {
    const tone = { success: "good", error: "bad", warning: "warn" }[level] || level;
    const icon = { good: "check", bad: "alert", warn: "alert" }[tone] || "info";
    const close = make("button", { type: "button", "aria-label": "Dismiss message" }, make("span", { class: "mi", "data-icon": "x" }));
    const box = make("div", { class: `toast ${tone}` }, make("span", { class: "mi", "data-icon": icon }), make("span", {}, text), close);
    let timer;
    const go = () => box.remove();
    const hold = () => clearTimeout(timer);
    const wait = () => {
      hold();
      timer = later(Math.max(6000, text.length * 90), go);
    };
    box.addEventListener("pointerenter", hold);
    box.addEventListener("focusin", hold);
    box.addEventListener("pointerleave", wait);
    box.addEventListener("focusout", wait);
    box.addEventListener("keydown", (event) => event.key === "Escape" && go());
    close.addEventListener("click", go);
    while (toasts().childElementCount > 2) region.firstElementChild.remove();
    later(60, () => region.append(box));
    wait();
  }

  /* 8. Focus goes back to the control that opened a sheet, also when the server decided to open it. */
  const openers = [];

  function opened() {
    const active = document.activeElement;
    openers.push(active && active !== document.body ? active : pressed);
  }

  function closed(event) {
    event.preventDefault();
    const opener = openers.pop();
    const target = opener?.isConnected ? opener : pressed?.isConnected ? pressed : document.querySelector("main h1");
    target?.focus({ preventScroll: true });
  }

  /* 9. Connection: a bar, but only when the loss lasts. */
  let bar = null;
  let outage = 0;

  /** Say whether the connection to the server is lost. */
  function lost(yes) {
    clearTimeout(outage);
    if (!yes && navigator.onLine) {
      bar?.remove();
      bar = null;
    } else if (!bar) {
      outage = later(navigator.onLine ? 3000 : 0, () => {
        bar = make("div", { class: "offline", role: "status" });
        document.body.append(bar);
        later(60, () => bar && (bar.textContent = "You are offline. Nothing you typed is lost."));
      });
    }
  }
  addEventListener("offline", () => lost(true));
  addEventListener("online", () => lost(false));

  /* 10. Idle sign-out. The server ends the session; this keeps it awake while someone works, warns, and leaves. */
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("portal") : null;
  const WARNING = 120000;
  let limit = 0; // milliseconds; 0 = nobody is signed in
  let sent = 0; // when the server last heard of us
  let touched = 0; // when someone last did something
  let ticking = 0;
  let warning = null;

  /** Watch for idleness of so many seconds; 0 stops. Begun again, as after a lost line, it counts on. */
  function idle(seconds) {
    const wanted = Number(seconds) * 1000 || 0;
    if (wanted === limit) return;
    limit = wanted;
    sent ||= Date.now();
    clearInterval(ticking);
    if (limit) ticking = setInterval(tick, 1000);
  }

  function leave(why) {
    idle(0);
    location.assign(`/sign-in?ended=${why}`);
  }

  async function stay() {
    heard(Date.now());
    channel?.postMessage({ stayed: sent });
    try {
      const answer = await fetch("/auth/stay", { method: "POST", credentials: "same-origin", headers: { "X-Portal": "1" } });
      if (answer.status === 401) leave("idle");
    } catch { /* offline: the next touch tries again */ }
  }

  function heard(at) {
    sent = Math.max(sent, at);
    warning?.close();
  }

  function touch() {
    if (!limit || warning) return;
    touched = Date.now();
    if (touched - sent > 60000) stay();
  }

  function tick() {
    const left = sent + limit - Date.now();
    if (left <= 0) leave("idle");
    else if (warning) count(left);
    else if (touched > sent && Date.now() - sent > 60000) stay();
    else if (left <= WARNING) warn(left);
  }

  function count(left) {
    const seconds = Math.ceil(left / 1000);
    byId("idle-left").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if ([60, 30, 10].includes(seconds)) byId("idle-said").textContent = `${seconds} seconds left`;
  }

  function warn(left) {
    const keep = make("button", { type: "button", class: "btn primary", autofocus: "" }, "Stay signed in");
    const out = make("form", { method: "post", action: "/auth/sign-out" }, make("button", { type: "submit", class: "btn" }, "Sign out now"));
    const before = document.activeElement;
    warning = make("dialog", { class: "dialog", role: "alertdialog", "aria-labelledby": "idle-title", "aria-describedby": "idle-text" },
      make("div", { class: "dialog-b" },
        make("h2", { class: "h2", id: "idle-title" }, "You will be signed out in 2 minutes"),
        make("p", { id: "idle-text" }, "Nothing has happened here for a while. We sign you out to keep your account safe."),
        make("p", { class: "countdown", id: "idle-left", "aria-hidden": "true" }),
        make("p", { class: "vh", id: "idle-said", role: "status" })),
      make("div", { class: "sheet-f" }, out, keep));
    keep.addEventListener("click", stay);
    warning.addEventListener("cancel", stay);
    warning.addEventListener("close", () => {
      warning.remove();
      warning = null;
      before?.focus?.();
    });
    document.body.append(warning);
    warning.showModal();
    count(left);
  }

  for (const name of ["keydown", "pointerdown", "scroll"]) addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => limit && !document.hidden && tick());
  channel?.addEventListener("message", ({ data }) => {
    if (data === "signed-out" && limit) later(1000, () => leave("signed-out")); // the other tab's post goes first
    else if (data?.stayed) heard(data.stayed);
  });
  if (root.dataset.idleSeconds) idle(root.dataset.idleSeconds);

  window.portal = Object.freeze({ theme, run, idle, lost, toast, opened, closed });
})();
