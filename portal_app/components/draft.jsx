/* What is being written lasts in this tab until the server has it: over a reload, a closed dialog, and the end of a
   session. `DraftSent` stands outside the dialog that closes with the answer, and forgets what was sent. */
import { useEffect, useRef } from "react";

function remembered(name) {
  try { return sessionStorage.getItem(name) ?? ""; } catch { return ""; }
}

function remember(name, text) {
  try {
    if (text) sessionStorage.setItem(name, text);
    else sessionStorage.removeItem(name);
  } catch { /* a private window: it lasts as long as the dialog */ }
}

export function DraftArea({ draft, ...rest }) {
  const box = useRef(null);
  useEffect(() => {
    const kept = remembered(draft);
    if (!kept || box.current.value) return;
    box.current.value = kept;
    box.current.dispatchEvent(new Event("input", { bubbles: true })); // the count below it follows
  }, [draft]);
  return <textarea ref={box} onInput={(event) => remember(draft, event.target.value)} {...rest} />;
}

export function DraftSent({ draft, sent, round }) {
  useEffect(() => {
    if (sent && remembered(draft).trim() === sent) remember(draft, "");
  }, [draft, sent, round]);
  return null;
}
