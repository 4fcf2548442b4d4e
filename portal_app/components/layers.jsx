/* What floats over the page. It lives inside <main>, so that it belongs to a landmark. */
import { Children, useEffect, useRef, useState } from "react";
import * as HoverCard from "@radix-ui/react-hover-card";

const OPENS_AFTER = 250;
const CLOSES_AFTER = 150;

/* A summary that opens by mouse and focus, and by tap on a small button beside the link, because hovering does not
   exist on a touch screen. Escape closes it. A list has one beside every row: what floats is made when it opens, and
   its rows cost no more than links until then. */
export function HoverSummary({ children, label }) {
  const [isOpen, setOpen] = useState(false);
  const waiting = useRef();
  const [trigger, content] = Children.toArray(children);
  const turn = (open, after) => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => setOpen(open), after);
  };
  const pointed = (open, after) => (event) => event.pointerType !== "touch" && turn(open, after);
  const press = () => {
    clearTimeout(waiting.current);
    setOpen(!isOpen);
  };
  useEffect(() => () => clearTimeout(waiting.current), []);
  return (
    <span className="peeked" onPointerEnter={pointed(true, OPENS_AFTER)} onPointerLeave={pointed(false, CLOSES_AFTER)}>
      <span onFocus={() => turn(true, OPENS_AFTER)} onBlur={() => turn(false, CLOSES_AFTER)}>
        {trigger}
      </span>
      <button type="button" aria-expanded={isOpen} onClick={press}>
        <span className="mi" data-icon="info" aria-hidden="true" />
        <span className="vh">{label}</span>
      </button>
      {isOpen && <Summary label={label} content={content} onOpenChange={setOpen} />}
    </span>
  );
}

function Summary({ label, content, onOpenChange }) {
  const keepForButton = (event) => {
    if (event.target.closest?.(".peeked > button")) event.preventDefault();
  };
  return (
    <HoverCard.Root open onOpenChange={onOpenChange}>
      <HoverCard.Trigger asChild>
        <span className="place" />
      </HoverCard.Trigger>
      <HoverCard.Portal container={document.querySelector("main") ?? undefined}>
        <HoverCard.Content
          className="peek"
          role="group"
          aria-label={label}
          align="start"
          sideOffset={6}
          collisionPadding={12}
          onPointerDownOutside={keepForButton}
        >
          {content}
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}
