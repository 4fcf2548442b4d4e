/* A field that saves itself: when it is left, and a moment after the last key. What is being typed is never taken
   away: it is kept in the tab until the server has it, over a reload as well, and what others write comes in only
   where nothing is being typed. The server answers each save with a higher `round`: what it has and as which version. */
import { useEffect, useRef, useState } from "react";

const PAUSE = 700;

function remembered(name) {
  try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
}

function remember(name, draft) {
  try {
    if (draft) sessionStorage.setItem(name, JSON.stringify(draft));
    else sessionStorage.removeItem(name);
  } catch { /* a private window: the draft lasts for this page */ }
}

export function AutosaveInput(props) {
  const { as: Tag = "input", value, version, saved, acked, round, taken, draft, onSave, ...rest } = props;
  const [typed, show] = useState(value);
  const open = useRef(null); // {text, version} while the server does not have it
  const timer = useRef(0);
  const box = useRef(null);
  const seen = useRef(taken);
  const settle = () => {
    open.current = null;
    remember(draft, null);
  };
  const send = () => {
    clearTimeout(timer.current);
    if (open.current) onSave?.(open.current.text, open.current.version);
  };
  useEffect(() => {
    open.current = remembered(draft);
    if (!open.current) return;
    show(open.current.text);
    timer.current = setTimeout(send, PAUSE);
  }, [draft]);
  useEffect(() => {
    if (!open.current || !round) return;
    if (saved === open.current.text) settle();
    else if (acked > open.current.version) open.current.version = acked;
  }, [round]);
  useEffect(() => {
    const isOwn = document.activeElement === box.current && saved === box.current?.value;
    if (!open.current && !isOwn) show(value);
  }, [value]);
  useEffect(() => {
    if (seen.current === taken) return;
    seen.current = taken;
    settle();
    show(value);
  }, [taken]);
  const change = (event) => {
    const text = event.target.value;
    show(text);
    open.current = { text, version: open.current ? open.current.version : version };
    remember(draft, open.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(send, Tag === "select" ? 0 : PAUSE);
  };
  const leave = () => {
    send();
    if (!open.current) show(value);
  };
  return <Tag ref={box} value={typed} onChange={change} onBlur={leave} {...rest} />;
}
