/* The data of a page comes a moment after its address. Until then nothing of the page before may be read, or pressed,
   under the new address: `shown` names the page whose data is there, and is empty until the first has arrived. A tab
   that connects begins with what its state held last: to a new document that is the page before, whatever its address;
   one that was there all along keeps what it shows. */
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { fetchSections } from "./ahead.js";

const HELD = "-";
const plain = (path) => path.replace(/\/+$/, "") || "/";

export function Arrival({ shown = "", children }) {
  const here = plain(useLocation().pathname);
  const last = useRef("");
  const isAway = shown !== "" && (shown === HELD ? last.current : plain(shown)) !== here;
  useEffect(() => {
    if (shown && shown !== HELD) last.current = plain(shown);
  }, [shown]);
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
