/* The data of a page comes a moment after its address. Until then nothing of the page before may be read, or pressed,
   under the new address: `shown` names the page whose data is there, and is empty until the first has arrived.
   A new document begins with what the tab showed last, so what is asked of the page counts as well until its data is
   there. Later it does not: a list that opens another row stays where it is. */
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { fetchSections } from "./ahead.js";

const plain = (path) => path.replace(/\/+$/, "") || "/";

export function Arrival({ shown = "", children }) {
  const { pathname, search } = useLocation();
  const hasArrived = useRef(false);
  const [path, asked] = shown.split(/(?=\?)/);
  const isHere = plain(path) === plain(pathname) && (hasArrived.current || (asked ?? "") === search);
  const isAway = shown !== "" && !isHere;
  useEffect(() => {
    if (shown && isHere) hasArrived.current = true;
  }, [shown, isHere]);
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
