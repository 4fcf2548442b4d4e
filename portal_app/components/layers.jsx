/* What floats over the page. It lives inside <main>, so that it belongs to a landmark, and finds it late: while a page
   is being drawn, the <main> in the document may still be that of the page before. */
import { Children, useEffect, useState } from "react";
import * as HoverCard from "@radix-ui/react-hover-card";

const useMain = () => {
  const [main, setMain] = useState();
  useEffect(() => setMain(document.querySelector("main") ?? undefined), []);
  return main;
};

/* A summary that opens by mouse and focus, and by tap on a small button beside the link, because hovering does not
   exist on a touch screen. Escape closes it. */
export function HoverSummary({ children, label }) {
  const [open, setOpen] = useState(false);
  const [trigger, content] = Children.toArray(children);
  const main = useMain();
  const keepForButton = (event) => {
    if (event.target.closest?.(".peeked > button")) event.preventDefault();
  };
  return (
    <HoverCard.Root open={open} onOpenChange={setOpen} openDelay={250} closeDelay={150}>
      <span className="peeked">
        <HoverCard.Trigger asChild>{trigger}</HoverCard.Trigger>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="mi" data-icon="info" aria-hidden="true" />
          <span className="vh">{label}</span>
        </button>
      </span>
      <HoverCard.Portal container={main}>
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
