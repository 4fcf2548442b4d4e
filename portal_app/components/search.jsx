/* A search box that tells the server what was typed a quarter of a second after the last key, and keeps what is
   being typed meanwhile. The server's own changes of the value (such as "clear filters") still come through. */
import { useEffect, useRef, useState } from "react";

export function SearchInput({ value = "", onSearch, ...rest }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(0);
  useEffect(() => {
    if (!timer.current) setTyped(value);
  }, [value]);
  const send = (words) => {
    timer.current = 0;
    onSearch?.(words);
  };
  const change = (event) => {
    const words = event.target.value;
    setTyped(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(send, 250, words);
  };
  return <input type="search" value={typed} onChange={change} {...rest} />;
}
