/* Sends files straight to the store, several at a time, each with its progress, a way to cancel and a way to try again.
   A file above a few megabytes goes in parts, and goes on with those that are missing. `kept` are the files that the
   page lists already: what is among them is no longer shown here. */
import { useEffect, useRef, useState } from "react";

const AT_ONCE = 2;
const TRIES = 4;
const MEGABYTE = 1_000_000;
const MOST_TO_FINGERPRINT = 100 * MEGABYTE;
const CANCELLED = "cancelled";
const LOST = "The connection was lost. Try again: what has arrived is not sent twice.";
const BROKEN = "This file did not arrive whole. Try again.";
const UNREADABLE = "This file could not be read. Choose it again.";
const TWICE = "You have chosen this file already.";

class Refusal extends Error {
  constructor(words, { isFinal = false, status = 0 } = {}) {
    super(words);
    this.isFinal = isFinal;
    this.status = status;
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/* Asks the portal, again after a while where nobody answers. */
async function ask(path, body, signal) {
  for (let tried = 1; ; tried += 1) {
    try {
      const answer = await fetch(path, { method: "POST", body: JSON.stringify(body), signal });
      const told = await answer.json().catch(() => ({}));
      if (answer.ok) return told;
      const isFinal = [403, 404, 409, 422].includes(answer.status);
      throw new Refusal(told.problem ?? LOST, { isFinal, status: answer.status });
    } catch (fault) {
      if (signal.aborted || (fault.status && fault.status < 500) || tried === TRIES) throw fault;
      await pause(500 * 2 ** tried);
    }
  }
}

function send(method, url, body, signal, onProgress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => (request.status < 300 ? done() : fail(new Refusal(BROKEN, { status: request.status })));
    request.onerror = request.onabort = () => fail(new Refusal(LOST));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

async function fingerprint(file) {
  if (!window.crypto?.subtle || file.size > MOST_TO_FINGERPRINT) return "";
  const content = await file.arrayBuffer().catch(() => {
    throw new Refusal(UNREADABLE, { isFinal: true });
  });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function sendParts(document, file, signal, onProgress) {
  for (let tried = 1; ; tried += 1) {
    const { part_size, missing } = await ask(`/uploads/${document}/parts`, {}, signal);
    let here = file.size - missing.reduce((total, part) => total + part.size, 0);
    try {
      for (const { number, size, url } of missing) {
        const start = (number - 1) * part_size;
        await send("PUT", url, file.slice(start, start + size), signal, (sent) => onProgress(here + sent));
        here += size;
      }
      return;
    } catch (fault) {
      if (signal.aborted || fault.isFinal || tried === TRIES) throw fault;
      await pause(500 * 2 ** tried);
    }
  }
}

async function sendWhole({ url, fields }, file, signal, onProgress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file.slice(0, file.size, fields["Content-Type"]), file.name);
  await send("POST", url, form, signal, onProgress);
}

/* What does not hear of this is given up by the portal itself, minutes later. */
const giveUp = (document) =>
  document && fetch(`/uploads/${document}/cancel`, { method: "POST", body: "{}", keepalive: true }).catch(() => {});

const endingOf = (name) => name.toLowerCase().match(/\.[^.]+$/)?.[0] ?? "";
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const sizeOf = (bytes) =>
  bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;

/* Why a file is not even tried, or "". The server says the same of whoever tries regardless. */
function objection(file, { kinds, names, megabytes, most }, place) {
  if (place >= most) return `There are ${most} files here already, which is as many as it takes.`;
  if (!kinds[endingOf(file.name)]) return `We take ${names} files. Choose one of these.`;
  if (file.size > megabytes * MEGABYTE) return `This is larger than ${megabytes} MB.`;
  return file.size ? "" : "This file is empty. Choose another one.";
}

export function Uploader({ id, label, hint, purpose, owner, rules, kept, about = "", onAllSent }) {
  const [items, setItems] = useState([]);
  const [said, setSaid] = useState("");
  const [isOver, setIsOver] = useState(false);
  const running = useRef(new Map());
  const input = useRef(null);
  const listed = new Set(kept.map((one) => one.id));
  const shown = items.filter((one) => !listed.has(one.document) || one.step !== "checking");
  const isBusy = shown.some((one) => one.step === "waiting" || one.step === "sending");

  const change = (key, values) =>
    setItems((all) => all.map((one) => (one.key === key ? { ...one, ...values } : one)));

  const run = async (item) => {
    const stopper = new AbortController();
    running.current.set(item.key, stopper);
    const { signal } = stopper;
    const onProgress = (sent) => change(item.key, { sent: Math.min(sent, item.file.size) });
    change(item.key, { step: "sending", problem: "" });
    let document = "";
    try {
      const { file, key, about: label } = item;
      const type = rules.kinds[endingOf(file.name)];
      const sha256 = await fingerprint(file);
      const asked = { purpose, owner, label, name: file.name, type, size: file.size, sha256, key };
      signal.throwIfAborted();
      // Not stopped halfway: whoever cancels meanwhile has to know what is to be given up.
      const begun = await ask("/uploads", asked, new AbortController().signal);
      ({ document } = begun);
      signal.throwIfAborted();
      change(key, { document });
      if (begun.in_parts) await sendParts(document, file, signal, onProgress);
      else if (begun.form) await sendWhole(begun.form, file, signal, onProgress);
      await ask(`/uploads/${document}/arrived`, {}, signal);
      change(key, { step: "checking", sent: file.size });
      setSaid(`${file.name} is sent and being checked.`);
    } catch (fault) {
      if (signal.reason === CANCELLED) giveUp(document);
      if (signal.aborted) return;
      const words = fault instanceof Refusal ? fault.message : LOST;
      change(item.key, { step: "failed", problem: words, isFinal: fault.isFinal ?? false });
      setSaid(`${item.file.name}: ${words}`);
    } finally {
      running.current.delete(item.key);
    }
  };

  useEffect(() => {
    const free = AT_ONCE - running.current.size;
    const waiting = items.filter((one) => one.step === "waiting" && !running.current.has(one.key));
    if (free > 0) waiting.slice(0, free).forEach(run);
  }, [items]);

  // Whoever leaves the page and chooses the file again goes on where it stood.
  useEffect(() => () => running.current.forEach((stopper) => stopper.abort()), []);

  const isDone = items.length > 0 && items.every((one) => one.step === "checking");
  useEffect(() => {
    if (isDone) onAllSent?.();
  }, [isDone]);

  const before = useRef({});
  useEffect(() => {
    const news = kept.filter((one) => (before.current[one.id] ?? one.status) !== one.status);
    // What the page listed and lists no more was removed: it may be chosen again.
    const gone = Object.keys(before.current).filter((id) => !kept.some((one) => one.id === id));
    if (gone.length) setItems((all) => all.filter((one) => !gone.includes(one.document)));
    before.current = Object.fromEntries(kept.map((one) => [one.id, one.status]));
    if (gone.length) setSaid("The file is removed.");
    if (news.length) setSaid(news.map((one) => `${one.name}: ${one.status}.`).join(" "));
  }, [kept]);

  useEffect(() => {
    if (!isBusy) return undefined;
    const hold = (event) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [isBusy]);

  const add = (files) => {
    const stays = shown.filter((one) => one.step !== "failed" || !one.isFinal);
    let place = stays.length + kept.filter((one) => !one.is_refused).length;
    const taken = [...stays];
    const added = [...files].map((file) => {
      const isTwice = taken.some(({ file: one }) => one.name === file.name && one.size === file.size);
      const problem = isTwice ? TWICE : objection(file, rules, place);
      const item = { key: newKey(), file, about, sent: 0, document: "", problem, isFinal: true, step: problem ? "failed" : "waiting" };
      if (!problem) {
        taken.push(item);
        place += 1;
      }
      return item;
    });
    setItems([...stays, ...added]);
    setSaid(added.filter((one) => one.problem).map((one) => `${one.file.name}: ${one.problem}`).join(" "));
  };

  const drop = (item) => {
    if (running.current.has(item.key)) running.current.get(item.key).abort(CANCELLED);
    else giveUp(item.document);
    setItems((all) => all.filter((one) => one.key !== item.key));
    if (item.step !== "failed") setSaid(`${item.file.name} is not sent.`);
    input.current?.focus();
  };

  const dragged = (over) => (event) => {
    if (!event.dataTransfer?.types?.includes("Files")) return;
    event.preventDefault();
    setIsOver(over);
  };
  const dropped = (event) => {
    dragged(false)(event);
    add(event.dataTransfer.files);
  };
  const accept = [...new Set([...Object.values(rules.kinds), ...Object.keys(rules.kinds)])].join(",");

  return (
    <div className="uploader">
      <div className="drop" data-over={isOver || undefined} onDragOver={dragged(true)} onDragLeave={dragged(false)} onDrop={dropped}>
        <input
          ref={input}
          id={id}
          type="file"
          multiple
          className="vh"
          accept={accept}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            add(event.target.files);
            event.target.value = "";
          }}
        />
        <label htmlFor={id} className="btn">
          {label}
        </label>
        <span className="or"> or drop them here</span>
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      </div>
      {shown.length > 0 && (
        <ul className="list" role="list">
          {shown.map((one) => (
            <Item key={one.key} item={one} onDrop={() => drop(one)} onAgain={() => change(one.key, { step: "waiting" })} />
          ))}
        </ul>
      )}
      <p className="vh" role="status">
        {said}
      </p>
    </div>
  );
}

function Item({ item, onDrop, onAgain }) {
  const { file, step, sent, problem, isFinal } = item;
  const percent = Math.floor((100 * sent) / Math.max(1, file.size));
  const words = { waiting: "Waiting", sending: `${percent}% of ${sizeOf(file.size)}`, checking: "Sent, being checked" };
  const named = (verb) => (
    <>
      {verb}
      <span className="vh"> {file.name}</span>
    </>
  );
  return (
    <li className="li sent" data-step={step}>
      <span>
        <b>{file.name}</b>
        <span className={step === "failed" ? "err" : "m"}>{problem || words[step]}</span>
        {step === "sending" && <progress max="100" value={percent} aria-label={`How much of ${file.name} is sent`} />}
      </span>
      <span className="row">
        {step === "failed" && !isFinal && (
          <button type="button" className="btn" onClick={onAgain}>
            {named("Try again")}
          </button>
        )}
        {step !== "checking" && (
          <button type="button" className="btn quiet" onClick={onDrop}>
            {named(step === "failed" ? "Remove" : "Cancel")}
          </button>
        )}
      </span>
    </li>
  );
}
