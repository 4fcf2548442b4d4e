/* The data of a page comes a moment after its address. Until then nothing of the page before may be read, or pressed,
   under the new address: `shown` names the page whose data is there, and is empty until the first has arrived. */
import { useEffect } from "react";
import { useLocation } from "react-router";
import { fetchSections } from "./ahead.js";

const plain = (path) => path.replace(/\/+$/, "") || "/";

export function Arrival({ shown = "", children }) {
  const { pathname } = useLocation();
  const isAway = shown !== "" && plain(shown) !== plain(pathname);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(() => (window.requestIdleCallback || setTimeout)(fetchSections), 300);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div className="arrival" data-away={isAway ? "" : undefined}>
      {children}
    </div>
  );
}
