/* Keeps the place of a year's picture, and fetches what draws it once it comes near the screen: a table says the same,
   so nobody waits for it. */
import { useEffect, useRef, useState } from "react";

export function YearChart({ bars, label }) {
  const place = useRef(null);
  const [Picture, setPicture] = useState(null);
  useEffect(() => {
    let isHere = true;
    const draw = ({ YearPicture }) => isHere && setPicture(() => YearPicture);
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        import("./year_picture.jsx").then(draw, () => {});
      },
      { rootMargin: "200px" },
    );
    near.observe(place.current);
    return () => {
      isHere = false;
      near.disconnect();
    };
  }, []);
  return (
    <div ref={place} className="pic" role="img" aria-label={label}>
      {Picture && <Picture bars={bars} />}
    </div>
  );
}
