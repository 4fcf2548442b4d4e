/* A summary that opens by mouse and focus (Radix HoverCard), and by tap on a small button beside the link,
   because hovering does not exist on a touch screen. Escape closes it. */
import { Children, useState } from "react";
import * as HoverCard from "@radix-ui/react-hover-card";

export function HoverSummary({ children, label }) {
  const [open, setOpen] = useState(false);
  const [trigger, content] = Children.toArray(children);
  const ownButton = (event) => {
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
      <HoverCard.Portal>
        <HoverCard.Content
          className="peek"
          role="group"
          aria-label={label}
          align="start"
          sideOffset={6}
          collisionPadding={12}
          onPointerDownOutside={ownButton}
        >
          {content}
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}
