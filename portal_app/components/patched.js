/* A page of many parts is sent once. After that come only the parts that have changed, each by its id. */
export function patched(whole, changes) {
  if (!Object.keys(changes).length) return whole;
  const mend = (part) => {
    if (Array.isArray(part)) return part.map(mend);
    if (!part || typeof part !== "object") return part;
    if (Object.hasOwn(changes, part.id ?? "")) return changes[part.id];
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, mend(value)]));
  };
  return mend(whole);
}
