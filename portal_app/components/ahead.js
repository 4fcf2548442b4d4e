/* A page's script is fetched once somebody seems to mean a link to it, and that of the sections in view when all is
   quiet, so that a click waits for data alone. The router's own list says which scripts a page is made of. */
const fetched = new Set();
const parts = (path) => path.split("/").filter(Boolean);

/** Find what the router serves at a path; an address that is written out goes before one with a name in it. */
function routeOf(path) {
  const asked = parts(path);
  const fits = ({ path: known = "", index }) => {
    const named = parts(known);
    return index && named.length === asked.length && named.every((name, at) => name[0] === ":" || name === asked[at]);
  };
  const found = Object.values(window.__reactRouterManifest?.routes || {}).filter(fits);
  return found.find(({ path: known = "" }) => !known.includes(":")) || found[0];
}

function fetchPage(link) {
  const route = link && link.origin === location.origin ? routeOf(link.pathname) : null;
  for (const href of route ? [route.module, ...route.imports] : []) {
    if (fetched.has(href)) continue;
    fetched.add(href);
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href, fetchPriority: "low" }));
  }
}

/** Fetch what the sections in view are made of, unless the line is slow or dear. */
export function fetchSections() {
  const { saveData, effectiveType = "4g" } = navigator.connection || {};
  if (saveData || effectiveType !== "4g") return;
  for (const link of document.querySelectorAll("nav a[href^='/']")) if (link.offsetParent) fetchPage(link);
}

if (typeof document !== "undefined") {
  for (const name of ["pointerover", "pointerdown", "focusin"]) {
    addEventListener(name, ({ target }) => fetchPage(target.closest?.("a[href^='/']")), { passive: true });
  }
}
