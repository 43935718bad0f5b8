import type { FilterKey } from "../api/contract";

/** What could stand where the caret is: the whole word, and how it reads. */
export interface Suggestion {
  word: string;
  key: FilterKey;
}

const most = 12;

/** Keys that begin like the word at the caret; after a key's colon the values that the key knows. */
export function suggest(filter: string, caret: number, keys: readonly FilterKey[]): Suggestion[] {
  const { text } = wordAt(filter, caret);
  const bare = text.replace(/^[-!]/, "");
  const sign = text.slice(0, text.length - bare.length);
  const colon = bare.indexOf(":");
  if (colon < 0) {
    return keys.filter((key) => key.name.startsWith(bare.toLowerCase())).slice(0, most).map((key) => ({ word: `${sign}${key.name}:`, key }));
  }
  const key = keys.find((one) => one.name === bare.slice(0, colon).toLowerCase());
  if (!key) return [];
  // Of state:close_wait,la only what stands after the last comma is still being written.
  const before = bare.slice(0, Math.max(colon, bare.lastIndexOf(",")) + 1);
  const begun = bare.slice(before.length).toLowerCase();
  return [...new Set(key.values ?? [])]
    .filter((value) => value.toLowerCase().startsWith(begun) && value.toLowerCase() !== begun)
    .slice(0, most)
    .map((value) => ({ word: sign + before + value, key }));
}

/** The filter with the suggestion in place of the word at the caret. */
export function accept(filter: string, caret: number, suggestion: Suggestion): { filter: string; caret: number } {
  const { start, end } = wordAt(filter, caret);
  const after = filter.slice(end);
  return { filter: filter.slice(0, start) + suggestion.word + after, caret: start + suggestion.word.length };
}

function wordAt(filter: string, caret: number): { start: number; end: number; text: string } {
  let start = caret;
  while (start > 0 && !/\s/.test(filter[start - 1] ?? " ")) start--;
  let end = caret;
  while (end < filter.length && !/\s/.test(filter[end] ?? " ")) end++;
  return { start, end, text: filter.slice(start, caret) };
}
