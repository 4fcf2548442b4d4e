/* How long something still lasts, to the second near its end. */
import { useEffect, useState } from "react";

function words(until, over) {
  const left = Math.floor((Date.parse(until) - Date.now()) / 1000);
  if (!(left > 0)) return over;
  const [days, hours, minutes] = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60];
  if (days) return `${days} d ${hours} h left`;
  if (hours) return `${hours} h ${minutes} min left`;
  return minutes ? `${minutes} min ${left % 60} s left` : `${left} s left`;
}

export function Countdown({ until, over = "" }) {
  const [text, show] = useState(() => words(until, over));
  useEffect(() => {
    const tick = () => show(words(until, over));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [until, over]);
  return <time dateTime={until}>{text}</time>;
}
