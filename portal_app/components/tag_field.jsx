/* A field whose tags are drawn as chips. The field stays the browser's own and holds the plain text that is sent; the
   surface over it is drawn from that text, and every change goes back into it. A chip is put in, taken out and stepped
   over as a whole. Where this does not work the field stands there by itself. */
import { useEffect, useRef } from "react";

const MARK = /(\{\{[^{}]*\}\}|\{%[^{}%]*%\})/;
const PAUSE = 600; // milliseconds between keys that are undone together

function chip(mark, tags) {
  const made = document.createElement("span");
  const known = tags.find((tag) => tag.written === mark);
  made.className = known || mark.startsWith("{%") ? "tag-chip" : "tag-chip unknown";
  made.contentEditable = "false";
  made.title = known ? known.words : "";
  const [open, name, close] = [mark.slice(0, 2), mark.slice(2, -2), mark.slice(-2)];
  made.append(brace(open), name, brace(close));
  return made;
}

function brace(words) {
  const made = document.createElement("i"); // read aloud and copied, but not seen
  made.append(words);
  return made;
}

/** The places in the text where chips begin and end. */
function spans(text) {
  let at = 0;
  return text.split(MARK).map((part) => [at, (at += part.length), MARK.test(part)]).filter((one) => one[2]);
}

function drawOver(field, surface, tags) {
  const isOneLine = field.tagName === "INPUT";
  const past = [{ text: field.value, from: field.value.length, to: field.value.length }];
  let now = 0;
  let last = { kind: "", when: 0 };

  const index = (node) => [...surface.childNodes].indexOf(node);
  const read = (node) => [...node.childNodes].map((one) => (one.nodeName === "BR" ? "" : one.textContent)).join("");
  const place = (node, offset) => {
    const range = document.createRange();
    range.setStart(surface, 0);
    range.setEnd(node, offset);
    return read(range.cloneContents()).length;
  };
  const point = (offset) => {
    let left = offset;
    for (const [index, node] of [...surface.childNodes].entries()) {
      const long = node.nodeName === "BR" ? 0 : node.textContent.length;
      if (node.nodeType === Node.TEXT_NODE && left <= long) return [node, left];
      if (left === 0) return [surface, index];
      left -= long;
    }
    return [surface, surface.childNodes.length - 1];
  };
  const chosen = () => {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
    if (!surface.contains(anchorNode) || !surface.contains(focusNode)) return [past[now].from, past[now].to];
    const ends = [place(anchorNode, anchorOffset), place(focusNode, focusOffset)].sort((a, b) => a - b);
    return whole(ends);
  };
  // A chip that is chosen in part is chosen as a whole.
  const whole = ([from, to]) => {
    const cut = spans(field.value).filter(([start, end]) => start < to && end > from);
    return [Math.min(from, ...cut.map((one) => one[0])), Math.max(to, ...cut.map((one) => one[1]))];
  };
  const draw = ({ text, from, to }) => {
    const parts = text.split(MARK).filter(Boolean);
    surface.replaceChildren(...parts.map((one) => (MARK.test(one) ? chip(one, tags) : one)), document.createElement("br"));
    if (document.activeElement !== surface) return;
    document.getSelection().setBaseAndExtent(...point(from), ...point(to));
  };
  const tell = (text) => {
    if (field.value === text) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const keep = (state, kind) => {
    const isSame = kind === "insertText" && last.kind === kind && Date.now() - last.when < PAUSE;
    if (!isSame) now += 1;
    past.splice(now, past.length, state);
    last = { kind, when: Date.now() };
    tell(state.text);
  };
  const write = (words, [from, to] = chosen(), kind = "") => {
    const clean = isOneLine ? words.replace(/\s*[\r\n]+\s*/g, " ") : words.replace(/\r\n?/g, "\n");
    const at = from + clean.length;
    keep({ text: field.value.slice(0, from) + clean + field.value.slice(to), from: at, to: at }, kind);
    draw(past[now]);
  };
  const step = (by) => {
    if (!past[now + by]) return;
    now += by;
    last = { kind: "", when: 0 };
    tell(past[now].text);
    draw(past[now]);
  };

  // Where the browser is about to change something: more than what is chosen when a word is deleted or corrected.
  const aimed = (event) => {
    const [range] = event.getTargetRanges();
    if (!range) return chosen();
    return whole([place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)]);
  };
  const before = (event) => {
    const { inputType: kind, data, dataTransfer } = event;
    if (event.isComposing || kind === "insertCompositionText") return; // drawn anew when it is over
    event.preventDefault();
    if (kind.startsWith("history")) step(kind === "historyUndo" ? -1 : 1);
    else if (kind === "insertParagraph" || kind === "insertLineBreak") isOneLine ? field.form?.requestSubmit() : write("\n");
    else if (kind.startsWith("delete")) write("", aimed(event));
    else if (kind.startsWith("insert")) write(data ?? dataTransfer?.getData("text/plain") ?? "", aimed(event), kind);
  };
  const key = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const by = { z: event.shiftKey ? 1 : -1, y: 1 }[event.key.toLowerCase()];
    if (!by) return;
    event.preventDefault();
    step(by);
  };
  const composed = () => {
    const [from, to] = chosen();
    keep({ text: read(surface), from, to }, "");
    draw(past[now]);
  };
  const take = (event) => {
    const [from, to] = chosen();
    if (from === to) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", field.value.slice(from, to));
    if (event.type === "cut") write("", [from, to]);
  };
  const put = (event) => {
    event.preventDefault();
    surface.focus();
    write(event.detail, whole([past[now].from, past[now].to]));
  };
  const changed = () => {
    if (field.value === past[now].text) return; // filled in past the surface
    keep({ text: field.value, from: field.value.length, to: field.value.length }, "");
    draw(past[now]);
  };
  const pressed = ({ target }) => {
    const found = target.closest(".tag-chip");
    if (found) document.getSelection().setBaseAndExtent(surface, index(found), surface, index(found) + 1);
  };
  const moved = () => {
    if (!surface.contains(document.getSelection().anchorNode)) return;
    [past[now].from, past[now].to] = chosen();
  };

  const heard = [
    [surface, "beforeinput", before], [surface, "keydown", key], [surface, "compositionend", composed],
    [surface, "copy", take], [surface, "cut", take], [surface, "click", pressed], [field, "put", put],
    [field, "input", changed], [field, "focus", () => surface.focus()], [document, "selectionchange", moved],
  ];
  heard.forEach(([where, what, act]) => where.addEventListener(what, act));
  field.classList.add("vh");
  field.tabIndex = -1;
  field.setAttribute("aria-hidden", "true");
  const label = field.labels[0];
  if (label) surface.setAttribute("aria-labelledby", (label.id ||= `${field.id}-label`));
  surface.contentEditable = "true";
  surface.hidden = false;
  draw(past[now]);
  return () => heard.forEach(([where, what, act]) => where.removeEventListener(what, act));
}

export function TagField({ as: Tag, tags = [], rows, ...rest }) {
  const field = useRef(null);
  const surface = useRef(null);
  useEffect(() => {
    if (!InputEvent.prototype.getTargetRanges) return undefined; // too old a browser: it keeps the field
    return drawOver(field.current, surface.current, tags);
  }, []);
  const said = { "aria-describedby": rest["aria-describedby"], "aria-invalid": rest["aria-invalid"] };
  return (
    <div className="tag-field">
      <Tag ref={field} rows={rows} {...rest} />
      <div ref={surface} hidden className="in" role="textbox" aria-multiline={Tag === "textarea"} {...said}
        style={rows && { minHeight: `${rows * 1.5 + 1.2}em` }} />
    </div>
  );
}
