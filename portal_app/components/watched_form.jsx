/* Helps whoever writes in the form around it: tells the server what stands there half a second after the last key,
   and puts a tag where the cursor was. The fields stay the browser's own. */
import { useEffect, useRef } from "react";

export function FormHelp({ tags = [], label, onTyped }) {
  const place = useRef(null);
  const last = useRef(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return undefined;
    let timer = 0;
    const tell = () => onTyped?.(Object.fromEntries([...new FormData(form)].filter(([, v]) => typeof v === "string")));
    const typed = () => {
      clearTimeout(timer);
      timer = setTimeout(tell, 500);
    };
    const entered = ({ target }) => {
      const field = target.closest(".tag-field")?.firstChild ?? target;
      if (field.matches("textarea,.tag-field>input")) last.current = field;
    };
    form.addEventListener("input", typed);
    form.addEventListener("focusin", entered);
    return () => {
      clearTimeout(timer);
      form.removeEventListener("input", typed);
      form.removeEventListener("focusin", entered);
    };
  }, []);
  const insert = (tag) => {
    const form = place.current.closest("form");
    const field = last.current?.isConnected ? last.current : form.querySelector("textarea");
    if (!field.dispatchEvent(new CustomEvent("put", { detail: tag, cancelable: true }))) return;
    field.setRangeText(tag, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return (
    <div ref={place} className="tags" role="group" aria-label={label} hidden={!tags.length}>
      {tags.map((tag) => (
        <button type="button" key={tag.written} className="btn sm" title={tag.words} onClick={() => insert(tag.written)}>
          {tag.written}
          <span className="vh">, {tag.words}</span>
        </button>
      ))}
    </div>
  );
}
